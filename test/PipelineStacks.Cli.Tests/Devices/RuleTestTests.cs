using System.Text.Json;

namespace PipelineStacks.Cli.Tests.Devices;

public sealed class RuleTestTests
{
    [Theory]
    [InlineData("SELECT a.b AS c FROM 't/+'", "t/1", """{"a":{"b":1}}""", """{"c":1}""", "")]
    [InlineData("SELECT a FROM 't/+' WHERE n > 3", "t/1", """{"a":1,"n":2}""", null, "WHERE isn't true: n > 3. Undefined isn't true, either.")]
    [InlineData("SELECT a FROM 't/+' WHERE n > 3", "t/1", """{"a":1}""", null, "n (at 1:27) is Undefined: the payload has no such member.")]
    [InlineData("SELECT a FROM 't/+'", "u/1", """{"a":1}""", null, "The topic u/1 doesn't match FROM 't/+': the rule never hears of the message.")]
    [InlineData("SELECT *, 1 AS one FROM 't/+'", "t/1", "nonsense", null, "The error action gets the message: '*' beside other items needs a payload that is a JSON object.")]
    [InlineData("SELECT VALUE x FROM 't/+'", "t/1", """{"a":1}""", "", "SELECT is Undefined: the actions get an empty message.")]
    [InlineData("SELECT a FROM 't/+'", "t/1", "nonsense", "{}", "The payload isn't JSON, so that every name in it is Undefined.")]
    [InlineData("SELECT x AS y, topic(2) AS t FROM 't/+'", "t/1", """{"a":1}""", """{"t":"1"}""", "x (at 1:8) is Undefined: the payload has no such member.")]
    public async Task Rule_TriedOnAMessage_GivesWhatTheActionsWouldGet_OrWhyTheyGetNothing(string sql, string topic, string payload, string? output, string note)
    {
        var (code, said, _) = await Fixtures.Cli.RunAsync("iot", "test-rule", sql, "--topic", topic, "--payload", payload, "--format", "json");
        var json = JsonDocument.Parse(said).RootElement;

        code.ShouldBe(ExitCode.Done);
        (json.GetProperty("output").ValueKind == JsonValueKind.Null ? null : json.GetProperty("output").GetRawText()).ShouldBe(output?.Length == 0 ? null : output);
        string.Join('\n', json.GetProperty("notes").EnumerateArray().Select(one => one.GetString())).ShouldContain(note);
    }

    [Theory]
    [InlineData("The SQL isn't valid: Unknown function 'topc' at 1:8", "iot", "test-rule", "SELECT topc(1) AS a FROM 't'", "--topic", "t", "--payload", "{}")]
    [InlineData("Give the message's --topic.", "iot", "test-rule", "SELECT * FROM 't'", "--payload", "{}")]
    [InlineData("Give a message: by --payload or --file.", "iot", "test-rule", "SELECT * FROM 't'", "--topic", "t")]
    [InlineData("The SQL and a dataset's rule exclude each other: give one of them.", "iot", "test-rule", "SELECT * FROM 't'", "--dataset", "device_readings")]
    [InlineData("Unknown dataset 'films'. Devices publish device_readings.", "iot", "test-rule", "--dataset", "films")]
    [InlineData("Unknown dataset 'films'. Devices publish device_readings.", "devices", "simulate", "films")]
    [InlineData("Give a message: as an argument or by --file.", "iot", "publish", "t")]
    [InlineData("--certificate and --key belong together: give both of them.", "devices", "simulate", "--certificate", "a.pem")]
    [InlineData("--endpoint a:b: give a host, or a host and a port such as 127.0.0.1:1883.", "devices", "simulate", "--endpoint", "a:b")]
    [InlineData("The broker iot.example.com asks devices for certificates: give --certificate and --key.", "devices", "simulate", "--endpoint", "iot.example.com")]
    [InlineData("--late 2: give a number from 0 to 1.\nSee: scripts/pipelines devices simulate --help", "devices", "simulate", "--late", "2")]
    public async Task Input_ThatCannotBeUsed_IsOneLineAndExitCode2(string expected, params string[] arguments)
    {
        var (code, output, error) = await Fixtures.Cli.RunAsync(arguments);

        (code, output, error.ReplaceLineEndings("\n").TrimEnd()).ShouldBe((ExitCode.BadInput, "", expected));
    }
}
