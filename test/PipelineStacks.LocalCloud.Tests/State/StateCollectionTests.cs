using PipelineStacks.LocalCloud.State;

namespace PipelineStacks.LocalCloud.Tests.State;

public sealed class StateCollectionTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("state-").FullName;

    [Theory]
    [InlineData("plain")]
    [InlineData("With/Slash:and*more?")]
    [InlineData("..")]
    [InlineData("ünïcode 日本")]
    public void Resource_OfAnyName_IsReadBack(string name)
    {
        var key = new ResourceKey("000000000000", "eu-west-1", name);
        new StateCollection<Thing>(_folder).Put(key, new("a", 1));
        new StateCollection<Thing>(_folder).TryGet(key, out var thing).ShouldBeTrue();
        thing.ShouldBe(new Thing("a", 1));
    }

    [Fact]
    public void Names_ThatDifferInCaseOrFarBack_AreDifferentFiles()
    {
        var state = new StateCollection<Thing>(_folder);
        string[] names = ["events", "Events", new string('a', 300) + "1", new string('a', 300) + "2"];
        foreach (var name in names)
            state.Put(new("1", "", name), new(name, 0));
        Directory.GetFiles(_folder, "*.json", SearchOption.AllDirectories).Select(file => file.ToUpperInvariant()).Distinct().Count().ShouldBe(4);
        new StateCollection<Thing>(_folder).In("1", "").Select(thing => thing.Name).ShouldBe(names.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Updates_AtTheSameTime_AllCount()
    {
        var state = new StateCollection<Thing>(_folder);
        var key = new ResourceKey("1", "r", "counter");
        state.TryAdd(key, new("counter", 0)).ShouldBeTrue();
        state.TryAdd(key, new("counter", 9)).ShouldBeFalse();
        Parallel.For(0, 200, _ => state.Update(key, thing => thing with { Count = thing.Count + 1 }));
        new StateCollection<Thing>(_folder).TryGet(key, out var counted).ShouldBeTrue();
        counted!.Count.ShouldBe(200);
        state.Update(key with { Name = "other" }, thing => thing).ShouldBeNull();
    }

    [Fact]
    public void Resource_Removed_IsGoneForGood()
    {
        var state = new StateCollection<Thing>(_folder);
        state.Put(new("1", "r", "a"), new("a", 1));
        state.Remove(new("1", "r", "a")).ShouldBeTrue();
        state.Remove(new("1", "r", "a")).ShouldBeFalse();
        new StateCollection<Thing>(_folder).All.ShouldBeEmpty();
    }

    [Fact]
    public void Remove_WhereNothingWasEverStored_SaysThatThereWasNothing() =>
        new StateCollection<Thing>(_folder).Remove(new("1", "r", "a")).ShouldBeFalse();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    internal sealed record Thing(string Name, int Count);
}
