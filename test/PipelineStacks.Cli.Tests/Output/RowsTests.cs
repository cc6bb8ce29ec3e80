using PipelineStacks.Cli.Output;

namespace PipelineStacks.Cli.Tests.Output;

public sealed class RowsTests
{
    private static readonly Rows Some = new(
        [new("name", "varchar"), new("events", "bigint"), new("share", "double"), new("good", "boolean")],
        [["a \"b\", c", "1234567", "0.5", "true"], [null, "-2", "NaN", null], ["[x]", null, "1E-3", "false"]]);

    [Fact]
    public void Csv_Written_FollowsRfc4180() => Write(OutputFormat.Csv).ShouldBe("""
        name,events,share,good
        "a ""b"", c",1234567,0.5,true
        ,-2,NaN,
        [x],,1E-3,false

        """);

    [Fact]
    public void Json_Written_KeepsTypesAndNulls() => Write(OutputFormat.Json).ShouldBe("""
        [
          {
            "name": "a \"b\", c",
            "events": 1234567,
            "share": 0.5,
            "good": true
          },
          {
            "name": null,
            "events": -2,
            "share": "NaN",
            "good": null
          },
          {
            "name": "[x]",
            "events": null,
            "share": 1E-3,
            "good": false
          }
        ]

        """);

    [Fact]
    public void Table_Written_GroupsNumbersAndEscapesMarkup() => Write(OutputFormat.Table).ShouldBe("""
        ╭──────────┬───────────┬───────┬───────╮
        │ name     │    events │ share │ good  │
        ├──────────┼───────────┼───────┼───────┤
        │ a "b", c │ 1,234,567 │   0.5 │ true  │
        │          │        -2 │   NaN │       │
        │ [x]      │           │  1E-3 │ false │
        ╰──────────┴───────────┴───────┴───────╯

        """);

    [Theory]
    [InlineData(0, "0 bytes")]
    [InlineData(999, "999 bytes")]
    [InlineData(1_000, "1.0 kB")]
    [InlineData(12_345_678, "12.3 MB")]
    public void ByteCount_OfBytes_IsReadable(long bytes, string expected) => ByteCount.Of(bytes).ShouldBe(expected);

    private static string Write(OutputFormat format)
    {
        var output = new StringWriter { NewLine = "\n" };
        Some.Write(new Terminal(output, TextWriter.Null, false, false), format);
        return output.ToString().ReplaceLineEndings("\n");
    }
}
