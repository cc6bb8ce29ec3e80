using Amazon.CDK;
using PipelineStacks.Iot;
using PipelineStacks.Model.Datasets;
using PipelineStacks.Model.Settings;
using PipelineStacks.Tests.Synthesis;

namespace PipelineStacks.Tests.Constructs;

[Collection(TemplateTests.Name)]
public sealed class TopicRuleCheckTests
{
    private const string Keys = "sequence_number, read_at, temperature, humidity, battery, mode";

    private static readonly Dataset Readings = DatasetCatalog.Find("device_readings");

    private static readonly TopicSource Source = (TopicSource)Readings.Source;

    public static TheoryData<string, string, string[]> BadOnes => new()
    {
        { Source.Select, "topc(1) = 'a'", ["the topic rule's SQL isn't valid: Unknown function 'topc'"] },
        { Source.Select + ",", Source.Where, ["the topic rule's SQL isn't valid: "] },
        { Source.Select, "mode <> 'test", ["the topic rule's SQL isn't valid: "] },
        { Source.Select, "mod <> 'test'", [$"the topic rule's SQL reads 'mod', which is no key of what devices send: {Keys}."] },
        { Source.Select + ", fahrenheit - 32 AS celsius", "true",
            [$"the topic rule's SQL reads 'fahrenheit', which is no key of what devices send: {Keys}.", "the topic rule's SQL makes 'celsius', which isn't a column."] },
        { "*, topic(2) AS device_id", "true", ["the topic rule's SQL doesn't make 'received_at' of the column 'received_at'."] },
        { "VALUE *", "true", ["the topic rule's SQL has SELECT VALUE, and a row", "the topic rule's SQL doesn't make 'device_id'", "the topic rule's SQL doesn't make 'received_at'"] },
        { Source.Select, "abs() = 1", ["the topic rule's SQL calls abs with 0 arguments, which it never takes."] },
    };

    [Theory]
    [MemberData(nameof(BadOnes))]
    public void Sql_ThatWouldLoseMessages_SaysWhatIsWrong(string select, string where, string[] expected)
    {
        var errors = TopicRuleChecks.SqlErrors(Readings with { Source = Source with { Select = select, Where = where } });

        expected.ShouldAllBe(error => errors.Any(one => one.StartsWith($"device_readings: {error}", StringComparison.Ordinal)), string.Join('\n', errors));
    }

    [Fact]
    public void Sql_OfTheProject_HasNoErrors() => TopicRuleChecks.SqlErrors(Readings).ShouldBeEmpty();

    [Theory]
    [InlineData("pipelines_dev_readings", null)]
    [InlineData("pipelines-dev-readings", "pipelines-dev-readings: the name of a topic rule can't have a hyphen. Use an underscore.")]
    [InlineData("pipelines.dev", "pipelines.dev: the name of a topic rule is made of letters, digits and underscores.")]
    public void Name_ThatAwsIotRefuses_SaysWhatIsWrong(string name, string? expected) => TopicRuleChecks.NameError(name).ShouldBe(expected);

    [Fact]
    public void App_WithBadRules_SaysAllOfThemAtOnceInsteadOfSynthesising()
    {
        var bad = Readings with { Source = Source with { Where = "mod <> 'test'", Select = "*, topic(2) AS device" } };
        var settings = new EnvironmentSettings { Name = "us-dev", Pipelines = ["telemetry"] };

        Should.Throw<DatasetException>(() => PipelineApp.Build(new App(), [settings], [bad])).Errors.ShouldBe([
            $"device_readings: the topic rule's SQL reads 'mod', which is no key of what devices send: {Keys}.",
            "device_readings: the topic rule's SQL makes 'device', which isn't a column.",
            "device_readings: the topic rule's SQL doesn't make 'device_id' of the column 'device_id'.",
            "device_readings: the topic rule's SQL doesn't make 'received_at' of the column 'received_at'.",
            "pipelines_us-dev_device_readings_stream: the name of a topic rule can't have a hyphen. Use an underscore.",
            "pipelines_us-dev_device_readings_delivery: the name of a topic rule can't have a hyphen. Use an underscore.",
        ]);
    }
}
