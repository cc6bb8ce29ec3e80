using System.Text.RegularExpressions;
using PipelineStacks.LocalCloud.Calls;

namespace PipelineStacks.LocalCloud.Services.CloudWatch.Alarms;

/// <summary>
/// The rule of a composite alarm, such as <c>ALARM("a") AND NOT OK(b)</c>:
/// <see href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutCompositeAlarm.html"/>.
/// </summary>
internal abstract partial record CompositeRule
{
    public static CompositeRule Parse(string text) => new Parser(text).Parse();

    /// <summary>The names of the alarms that it looks at.</summary>
    public abstract IEnumerable<string> Alarms { get; }

    /// <param name="stateOf">An alarm's state by its name.</param>
    public abstract bool Holds(Func<string, string> stateOf);

    private sealed record Constant(bool Value) : CompositeRule
    {
        public override IEnumerable<string> Alarms => [];

        public override bool Holds(Func<string, string> stateOf) => Value;
    }

    private sealed record InState(string State, string Alarm) : CompositeRule
    {
        public override IEnumerable<string> Alarms => [Alarm];

        public override bool Holds(Func<string, string> stateOf) => stateOf(Alarm) == State;
    }

    private sealed record Not(CompositeRule Of) : CompositeRule
    {
        public override IEnumerable<string> Alarms => Of.Alarms;

        public override bool Holds(Func<string, string> stateOf) => !Of.Holds(stateOf);
    }

    private sealed record Both(CompositeRule Left, CompositeRule Right) : CompositeRule
    {
        public override IEnumerable<string> Alarms => Left.Alarms.Concat(Right.Alarms);

        public override bool Holds(Func<string, string> stateOf) => Left.Holds(stateOf) && Right.Holds(stateOf);
    }

    private sealed record Either(CompositeRule Left, CompositeRule Right) : CompositeRule
    {
        public override IEnumerable<string> Alarms => Left.Alarms.Concat(Right.Alarms);

        public override bool Holds(Func<string, string> stateOf) => Left.Holds(stateOf) || Right.Holds(stateOf);
    }

    private sealed partial class Parser(string text)
    {
        private readonly List<string> _tokens = [.. Token().Matches(text).Select(match => match.Value)];
        private int _next;

        public CompositeRule Parse()
        {
            var rule = Or();
            return _next == _tokens.Count ? rule : throw Mistake();
        }

        private CompositeRule Or()
        {
            var left = And();
            while (Take("OR"))
                left = new Either(left, And());
            return left;
        }

        private CompositeRule And()
        {
            var left = Unary();
            while (Take("AND"))
                left = new Both(left, Unary());
            return left;
        }

        private CompositeRule Unary()
        {
            if (Take("NOT"))
                return new Not(Unary());
            if (Take("TRUE") || Take("FALSE"))
                return new Constant(_tokens[_next - 1] == "TRUE");
            if (Take("("))
            {
                var inner = Or();
                return Take(")") ? inner : throw Mistake();
            }

            if (!Take("ALARM") && !Take("OK") && !Take("INSUFFICIENT_DATA"))
                throw Mistake();
            var state = _tokens[_next - 1];
            if (!Take("(") || _next == _tokens.Count)
                throw Mistake();
            var name = Name(_tokens[_next++]);
            return Take(")") ? new InState(state, name) : throw Mistake();
        }

        // A name, in quotes or not, or an ARN that ends in it.
        private static string Name(string token)
        {
            var name = token.Trim('"').Replace("\\\"", "\"", StringComparison.Ordinal);
            return name.StartsWith("arn:", StringComparison.Ordinal) ? name[(name.IndexOf(":alarm:", StringComparison.Ordinal) + ":alarm:".Length)..] : name;
        }

        private bool Take(string token)
        {
            if (_next >= _tokens.Count || _tokens[_next] != token)
                return false;
            _next++;
            return true;
        }

        private ServiceException Mistake() =>
            new("ValidationError", $"AlarmRule {(_next < _tokens.Count ? $"contains '{_tokens[_next]}' where it is not expected" : "ends too early")}: {text}");

        [GeneratedRegex("\"(\\\\\"|[^\"])*\"|[()]|[^\\s()\"]+")]
        private static partial Regex Token();
    }
}
