using PipelineStacks.IotSql.Evaluation;
using PipelineStacks.IotSql.Syntax;
using PipelineStacks.IotSql.Values;

namespace PipelineStacks.IotSql;

/// <summary>What a statement makes of one message. WHERE decides before SELECT is looked at.</summary>
public sealed class QueryEvaluation
{
    private readonly Dictionary<string, SqlValue> _variables = new(StringComparer.Ordinal);
    private readonly Scope _payload;

    internal QueryEvaluation(Query query, MqttMessage message)
    {
        Message = message;
        _payload = new Scope(this, message.Content, null);
        foreach (var variable in query.Variables)
            _variables[variable.Name] = _payload.Evaluate(variable.Value);
        Matched = query.Where is not { } where || Conversions.ToBoolean(_payload.Evaluate(where)) is true;
        if (!Matched)
            return;
        if (!query.Select.IsValue && query.Select.Items.Count > 1 && query.Reads.OutputHasPayload && message.Payload.Length > 0 && message.Content is not ObjectValue)
            Problem = "'*' beside other items needs a payload that is a JSON object";
        else
            Output = _payload.Select(query.Select);
    }

    /// <summary>The message.</summary>
    public MqttMessage Message { get; }

    /// <summary>Whether WHERE is true, or absent; only then is there an output.</summary>
    public bool Matched { get; }

    /// <summary>Why there is no output although the message matched; null if there is one.</summary>
    public string? Problem { get; }

    /// <summary>What SELECT made.</summary>
    public SqlValue Output { get; } = SqlValue.Undefined;

    /// <summary>The output as the bytes that actions get.</summary>
    public byte[] Bytes() => Json.Bytes(Output);

    internal SqlValue VariableOf(string name) => _variables.GetValueOrDefault(name, SqlValue.Undefined);

    internal SqlValue Evaluate(Expression expression) => _payload.Evaluate(expression);
}
