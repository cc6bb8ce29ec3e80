using System.Text.Json;
using PipelineStacks.Cli.Generation;
using PipelineStacks.Cli.Tests.Fixtures;
using PipelineStacks.Model.Datasets;

namespace PipelineStacks.Cli.Tests.Generation;

public sealed class GeneratorTests
{
    private static readonly string Template = ((StreamSource)DatasetCatalog.Find("film_events").Source).SampleTemplate;

    [Fact]
    public async Task Records_OfOneSeed_AreTheSameWithTheirKeys()
    {
        var first = await GenerateAsync(1234, seed: 5);
        var second = await GenerateAsync(1234, seed: 5);
        first.Accepted.Order().ShouldBe(second.Accepted.Order());
        first.Accepted.ShouldNotBe((await GenerateAsync(1234, seed: 6)).Accepted);
        first.Accepted.Select(record => record.Key).Distinct().Count().ShouldBe(1234, "partition keys are random");
    }

    [Fact]
    public async Task Records_OfTheDataset_AreItsColumnsAndEndInANewline()
    {
        var keys = DatasetCatalog.Find("film_events").Columns.Select(column => column.Key);
        foreach (var (_, data) in (await GenerateAsync(100)).Accepted)
        {
            data.ShouldEndWith("}\n");
            JsonDocument.Parse(data).RootElement.EnumerateObject().Select(member => member.Name).ShouldBe(keys, ignoreOrder: true);
        }
    }

    [Theory]
    [InlineData(1, new[] { 1 })]
    [InlineData(500, new[] { 500 })]
    [InlineData(1001, new[] { 500, 500, 1 })]
    public async Task Count_InBatches_FillsEachUpTo500(long count, int[] sizes) =>
        (await GenerateAsync(count, senders: 1)).CallSizes.ShouldBe(sizes);

    [Fact]
    public async Task Batch_OfLargeRecords_StaysUnderTheCallsBytes()
    {
        // 100 bytes and a newline, with 16 for the key: four in 500 bytes.
        var target = new FakeTarget { MaxBytes = 500 };
        await RunAsync(target, new() { Template = new string('x', 100), Count = 10, Pace = new FastestPace(), Seed = 1, Senders = 1 });
        target.CallSizes.ShouldBe([4, 4, 2]);
        target.Accepted.ShouldAllBe(record => record.Data.Length == 101);
    }

    [Fact]
    public async Task Broken_AShareOfThem_IsCountedByKindAndRecognisable()
    {
        var target = new FakeTarget();
        var generator = await RunAsync(target, new() { Template = Template, Count = 30_000, Pace = new FastestPace(), Seed = 3, Broken = 0.01 });
        var broken = generator.Tally.Broken;
        ((double)broken.Values.Sum()).ShouldBe(300, 60);
        (broken.Values.Max() - broken.Values.Min()).ShouldBeLessThanOrEqualTo(1);

        var records = target.Accepted.Select(record => record.Data).ToList();
        records.Count(record => record.StartsWith("not JSON: ", StringComparison.Ordinal)).ShouldBe((int)broken[Breakage.NotJson]);
        records.Count(record => record.StartsWith("{ ", StringComparison.Ordinal) && record.Contains("\"film_id\": \"not a number\",", StringComparison.Ordinal)).ShouldBe((int)broken[Breakage.WrongType]);
        records.Count(record => record.TrimStart().StartsWith('"') && record.EndsWith("\"\n", StringComparison.Ordinal)).ShouldBe((int)broken[Breakage.MissingBraces]);
        records.Count(IsWhole).ShouldBe(30_000 - (int)broken.Values.Sum());
    }

    [Theory]
    [InlineData("a,b,{{random.number}}", "--broken needs a template of JSON objects")]
    [InlineData("{\"a\":\"{{random.uuid}}\"}", "--broken needs a template with a number in it")]
    public async Task Broken_OfATemplateThatCannotBe_IsRefused(string template, string expected)
    {
        var error = await Should.ThrowAsync<UserError>(() => RunAsync(new FakeTarget(), new() { Template = template, Count = 10, Pace = new FastestPace(), Seed = 1, Broken = 1 }));
        error.Message.ShouldStartWith(expected);
    }

    [Fact]
    public async Task Stop_OfAnUnboundedRun_LetsWhatIsOnItsWayArrive()
    {
        using var stop = new CancellationTokenSource();
        var target = new FakeTarget { BeforeAnswer = () => Task.Delay(1) };
        var generator = new Generator(new() { Template = Template, Pace = new FastestPace(), Seed = 1 }, target, TimeProvider.System);
        var running = generator.RunAsync(stop.Token);
        while (generator.Tally.AcceptedCount < 2000)
            await Task.Yield();
        await stop.CancelAsync();
        await running;
        generator.Tally.AcceptedCount.ShouldBe(generator.Tally.SentCount);
        target.Accepted.Count.ShouldBe((int)generator.Tally.SentCount);
    }

    [Fact]
    public async Task Failure_OfOneSender_StopsTheRunAndIsTold()
    {
        var calls = 0;
        var target = new FakeTarget { BeforeAnswer = () => Interlocked.Increment(ref calls) == 3 ? throw new InvalidOperationException("the third call") : Task.CompletedTask };
        var error = await Should.ThrowAsync<InvalidOperationException>(() => RunAsync(target, new() { Template = Template, Pace = new FastestPace(), Seed = 1 }));
        error.Message.ShouldBe("the third call");
    }

    private static bool IsWhole(string record)
    {
        try
        {
            return JsonDocument.Parse(record).RootElement.GetProperty("film_id").ValueKind == JsonValueKind.Number;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static async Task<FakeTarget> GenerateAsync(long count, ulong seed = 1, int senders = 4)
    {
        var target = new FakeTarget();
        await RunAsync(target, new() { Template = Template, Count = count, Pace = new FastestPace(), Seed = seed, Senders = senders });
        return target;
    }

    private static async Task<Generator> RunAsync(FakeTarget target, GenerateOptions options)
    {
        var generator = new Generator(options, target, new JumpingTime());
        await generator.RunAsync(CancellationToken.None);
        return generator;
    }
}
