using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;

namespace PipelineStacks.LocalCloud.Tests.CloudFormation;

/// <summary>Whatever templates follow each other: a stack ends as the last one that succeeded says, and nothing else is left over.</summary>
public sealed class AnyUpdateTests
{
    private static readonly string[] Values = ["one", "two", "three", "fail-create", "refuse-update"];

    /// <param name="Name">A physical name; another one replaces the resource.</param>
    /// <param name="After">The resource that it depends on, if the template has that.</param>
    private sealed record Wanted(int Id, int Name, string Value, int After);

    [Fact]
    public async Task Stack_AfterAnyTemplates_IsWhatTheLastSuccessfulOneSays()
    {
        await using var cloud = await FormationCloud.StartAsync();
        var resource =
            from id in Gen.Choose(0, 4)
            from name in Gen.Frequency((4, Gen.Constant(0)), (1, Gen.Constant(1)))
            from value in Gen.Frequency((5, Gen.Elements(Values[..3])), (1, Gen.Elements(Values[3..])))
            from after in Gen.Choose(0, 4)
            select new Wanted(id, name, value, after);
        var template = Gen.NonEmptyListOf(resource).Select(list => list.Take(6).DistinctBy(one => one.Id).ToList());
        var sequences = Gen.NonEmptyListOf(template).Select(list => list.Take(6).ToList());
        var (number, rolledBack) = (0, 0);

        Prop.ForAll(sequences.ToArbitrary(), templates =>
        {
            rolledBack += RunAsync(cloud, $"stack{number++}", templates).GetAwaiter().GetResult();
            return true;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(25));
        rolledBack.ShouldBePositive();
    }

    /// <returns>How many updates were rolled back.</returns>
    private static async Task<int> RunAsync(FormationCloud cloud, string stack, List<List<Wanted>> templates)
    {
        var expected = new Dictionary<string, string?>();
        var (created, rolledBack) = (false, 0);
        foreach (var template in templates)
        {
            var text = Write(stack, template);
            try
            {
                await (created ? cloud.UpdateAsync(stack, text) : cloud.CreateAsync(stack, text));
            }
            catch (FormationException error) when (error.Message == "No updates are to be performed.")
            {
                continue;
            }

            var status = await cloud.StatusAsync(stack);
            if (status is "CREATE_COMPLETE" or "UPDATE_COMPLETE")
            {
                created = true;
                expected = template.ToDictionary(one => NameOf(stack, one), one => (string?)one.Value);
            }
            else if (status == "ROLLBACK_COMPLETE")
            {
                await cloud.DeleteAsync(stack);
            }
            else
            {
                status.ShouldBe("UPDATE_ROLLBACK_COMPLETE");
                rolledBack++;
            }

            cloud.Things.Existing.Where(thing => thing.Key.StartsWith(stack + "-", StringComparison.Ordinal)).ToDictionary(thing => thing.Key, thing => thing.Value.Value)
                .ShouldBe(expected, ignoreOrder: true, $"{stack} is {status} after\n{text}");
        }

        if (created)
            await cloud.DeleteAsync(stack);
        cloud.Things.Existing.ShouldNotContain(thing => thing.Key.StartsWith(stack + "-", StringComparison.Ordinal));
        return rolledBack;
    }

    private static string NameOf(string stack, Wanted wanted) => $"{stack}-{wanted.Id}-{wanted.Name}";

    private static string Write(string stack, List<Wanted> template) => new JsonObject
    {
        ["Resources"] = new JsonObject(template.Select(one => KeyValuePair.Create($"R{one.Id}", (JsonNode?)new JsonObject
        {
            ["Type"] = "Test::Thing",
            ["Properties"] = new JsonObject { ["Name"] = NameOf(stack, one), ["Value"] = one.Value },
            // A higher number never comes before a lower one, so that there is no circle; which template has which edge is open.
            ["DependsOn"] = new JsonArray([.. template.Where(other => other.Id == one.After && other.Id < one.Id).Select(other => JsonValue.Create($"R{other.Id}"))]),
        }))),
    }.ToJsonString();
}
