namespace PipelineStacks.Cli.Templates;

/// <summary>Writes one value.</summary>
internal delegate void ValueWriter(RecordBuffer output, Draws draws);

/// <summary>A method with its argument read.</summary>
/// <param name="MayOpen">The value may hold a brace, so that it can open an expression of its own.</param>
internal readonly record struct CompiledMethod(ValueWriter Write, bool MayOpen = false);

/// <summary>A method that templates can call, such as <c>random.number</c>.</summary>
internal sealed record Method(string Name, Func<Argument, CompiledMethod> Compile)
{
    public static Method Of(string name, Func<Argument, ValueWriter> compile) => new(name, argument => new CompiledMethod(compile(argument)));

    /// <summary>A method whose values are strings of Bogus.</summary>
    public static Method Text(string name, Func<Bogus.Faker, string> value) =>
        Of(name, _ => (output, draws) => output.Append(value(draws.Faker)));

    /// <summary>A method whose values are strings of Bogus that depend on one number.</summary>
    public static Method Text(string name, int standard, Func<Bogus.Faker, int, string> value) => Of(name, argument =>
    {
        var number = argument.Count(standard);
        return (output, draws) => output.Append(value(draws.Faker, number));
    });
}
