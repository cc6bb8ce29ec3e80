using Microsoft.Extensions.DependencyInjection;
using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.CloudFormation.Stacks;

namespace PipelineStacks.LocalCloud.Tests.CloudFormation;

/// <summary>What a killed process leaves is written into the state of a stopped one.</summary>
public sealed class RestartTests : IDisposable
{
    private const string Template = """
        Resources:
          First: {Type: Test::Thing, Properties: {Name: first, Value: one}}
          Second: {Type: Test::Thing, Properties: {Name: second, Value: !Ref First}}
        """;

    private readonly string _data = Directory.CreateTempSubdirectory("cloudformation-").FullName;
    private readonly Things _things = new();

    public void Dispose() => Directory.Delete(_data, recursive: true);

    [Fact]
    public async Task Stack_AfterARestart_IsAsItWas()
    {
        await StartAsync(async cloud => await cloud.CreateAsync("demo", Template));
        await StartAsync(async cloud =>
        {
            (await cloud.StatusAsync("demo")).ShouldBe("CREATE_COMPLETE");
            (await Should.ThrowAsync<FormationException>(cloud.UpdateAsync("demo", Template))).Message.ShouldBe("No updates are to be performed.");
            await cloud.UpdateAsync("demo", Template.Replace("one", "two", StringComparison.Ordinal));
        });
        _things.Log.ShouldBe(["create first", "create second", "update first"]);
    }

    [Fact]
    public async Task Creation_Interrupted_IsRolledBackWithAnEventThatSaysSo()
    {
        await StartAsync(async cloud =>
        {
            await cloud.CreateAsync("demo", Template);
            Interrupt(cloud, (stack, store) =>
            {
                store.PutResource(stack, store.Resource(stack, "Second")! with { Status = "CREATE_IN_PROGRESS", Current = null, Change = ResourceChange.Created });
                return stack with { Status = "CREATE_IN_PROGRESS" };
            });
        });
        await StartAsync(async cloud =>
        {
            await EventuallyAsync(cloud, "ROLLBACK_COMPLETE");
            (await cloud.EventsAsync("demo")).ShouldContain("CREATE_FAILED Second: The local cloud was stopped while the operation was in progress");
            (await cloud.EventsAsync("demo")).ShouldContain("ROLLBACK_IN_PROGRESS demo: The local cloud was stopped while the operation was in progress. Rollback requested by user.");
        });
        _things.Existing.ContainsKey("first").ShouldBeFalse();
    }

    [Fact]
    public async Task Update_Interrupted_ReturnsToWhatWasBefore()
    {
        await StartAsync(async cloud =>
        {
            await cloud.CreateAsync("demo", Template);
            Interrupt(cloud, (stack, store) =>
            {
                var first = store.Resource(stack, "First")!;
                var changed = new System.Text.Json.Nodes.JsonObject { ["Name"] = "first", ["Value"] = "changed" };
                store.PutResource(stack, first with
                {
                    Status = "UPDATE_IN_PROGRESS", Change = ResourceChange.Updated, Before = first.Current, Current = first.Current! with { Properties = changed },
                });
                return stack with { Status = "UPDATE_IN_PROGRESS", Previous = stack.Current };
            });
        });
        await StartAsync(cloud => EventuallyAsync(cloud, "UPDATE_ROLLBACK_COMPLETE"));
        _things.Log.ShouldBe(["create first", "create second", "update first"]);
        _things.Existing["first"].Value.ShouldBe("one");
    }

    [Theory]
    [InlineData("DELETE_IN_PROGRESS", "DELETE_COMPLETE")]
    [InlineData("ROLLBACK_IN_PROGRESS", "ROLLBACK_COMPLETE")]
    [InlineData("UPDATE_COMPLETE_CLEANUP_IN_PROGRESS", "UPDATE_COMPLETE")]
    [InlineData("UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS", "UPDATE_ROLLBACK_COMPLETE")]
    public async Task Operation_Interrupted_IsFinished(string status, string final)
    {
        await StartAsync(async cloud =>
        {
            await cloud.CreateAsync("demo", Template);
            Interrupt(cloud, (stack, _) => stack with { Status = status });
        });
        await StartAsync(cloud => EventuallyAsync(cloud, final));
        _things.Existing.Count.ShouldBe(status is "DELETE_IN_PROGRESS" or "ROLLBACK_IN_PROGRESS" ? 0 : 2);
    }

    private async Task StartAsync(Func<FormationCloud, Task> test)
    {
        await using var cloud = await FormationCloud.StartAsync(_data, _things);
        await test(cloud);
    }

    private static void Interrupt(FormationCloud cloud, Func<Stack, StackStore, Stack> change)
    {
        var store = cloud.Services.GetRequiredService<StackStore>();
        var stack = store.All.Single();
        store.Put(change(stack, store) with { Operation = new(Principal.Root(stack.Account), "token") });
    }

    private static async Task EventuallyAsync(FormationCloud cloud, string status)
    {
        var store = cloud.Services.GetRequiredService<StackStore>();
        for (var i = 0; i < 1000 && store.All.Single().Status != status; i++)
            await Task.Delay(5);
        store.All.Single().Status.ShouldBe(status);
    }
}
