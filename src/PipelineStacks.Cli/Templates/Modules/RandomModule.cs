using System.Text.Json;

namespace PipelineStacks.Cli.Templates.Modules;

/// <summary><c>random.*</c></summary>
internal static class RandomModule
{
    private const string Digits = "0123456789abcdef";
    private const string AlphaNumeric = "0123456789abcdefghijklmnopqrstuvwxyz";

    public static readonly Method[] All =
    [
        Method.Of("random.number", RandomNumber.Compile),
        new("random.arrayElement", argument => Choose(argument.IsNone
            ? JsonElement.Parse("""["a","b","c"]""") : argument.Array("""random.arrayElement(["rent","buy"])"""))),
        new("random.weightedArrayElement", WeightedChoice.Compile),
        new("random.objectElement", ObjectElement),
        Method.Of("random.uuid", _ => (output, draws) => WriteUuid(output, draws.Random)),
        Method.Of("random.boolean", _ => (output, draws) => output.Append((long)draws.Random.Next() < 0 ? "true"u8 : "false"u8)),
        Method.Of("random.alphaNumeric", argument =>
        {
            var count = argument.Count(1);
            return (output, draws) =>
            {
                for (var i = 0; i < count; i++)
                    output.Append((byte)AlphaNumeric[draws.Random.NextBelow(AlphaNumeric.Length)]);
            };
        }),
        Method.Text("random.word", faker => faker.Random.Word()),
        Method.Of("random.words", argument =>
        {
            var count = argument.Count(-1);
            return (output, draws) => output.Append(draws.Faker.Random.Words(count < 0 ? draws.Random.NextBelow(3) + 1 : count));
        }),
        Method.Text("random.locale", faker => faker.Random.RandomLocale()),
        Method.Text("random.image", faker => faker.Image.PicsumUrl()),
    ];

    /// <summary>Any of the values, each as likely as the others.</summary>
    public static CompiledMethod Choose(JsonElement array) => Choose([.. array.EnumerateArray().Select(Argument.Render)]);

    public static CompiledMethod Choose(byte[][] values) =>
        new((output, draws) => output.Append(values[draws.Random.NextBelow(values.Length)]), MayOpen(values));

    public static bool MayOpen(byte[][] values) => values.Any(value => value.AsSpan().Contains((byte)'{'));

    // faker 3.1 takes an object and yields one of its values.
    private static CompiledMethod ObjectElement(Argument argument)
    {
        const string Example = """random.objectElement({"a":1,"b":2})""";
        if (argument.IsNone)
            return Choose(["car"u8.ToArray(), "bar"u8.ToArray()]);
        if (argument.Json is not { ValueKind: JsonValueKind.Object } json || !json.EnumerateObject().Any())
            throw new ArgumentFault($"needs an object that is not empty, such as {Example}{(argument.NotJson is null ? "" : ": " + argument.NotJson)}");
        return Choose([.. json.EnumerateObject().Select(member => Argument.Render(member.Value))]);
    }

    private static void WriteUuid(RecordBuffer output, Xoshiro random)
    {
        var high = (random.Next() & 0xFFFF_FFFF_FFFF_0FFF) | 0x4000;
        var low = (random.Next() & 0x3FFF_FFFF_FFFF_FFFF) | 0x8000_0000_0000_0000;
        var span = output.GetSpan(36);
        var at = 0;
        for (var shift = 60; shift >= 0; shift -= 4)
        {
            if (shift is 28 or 12)
                span[at++] = (byte)'-';
            span[at++] = (byte)Digits[(int)(high >> shift) & 15];
        }

        for (var shift = 60; shift >= 0; shift -= 4)
        {
            if (shift is 60 or 44)
                span[at++] = (byte)'-';
            span[at++] = (byte)Digits[(int)(low >> shift) & 15];
        }

        output.Length += 36;
    }
}
