using FsCheck;
using FsCheck.Fluent;
using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.CloudFormation.Planning;
using PipelineStacks.LocalCloud.CloudFormation.Templates;

namespace PipelineStacks.LocalCloud.Tests.CloudFormation;

public sealed class DependencyGraphTests
{
    [Theory]
    [InlineData("A: {Type: T}\n  B: {Type: T}", "A B")]
    [InlineData("A: {Type: T, DependsOn: B}\n  B: {Type: T}", "B A")]
    [InlineData("A: {Type: T, DependsOn: [C, B]}\n  B: {Type: T}\n  C: {Type: T}", "C B A")]
    [InlineData("A: {Type: T, Properties: {P: !Ref B}}\n  B: {Type: T, Properties: {P: !GetAtt C.Arn}}\n  C: {Type: T}", "C B A")]
    [InlineData("A: {Type: T, Properties: {P: [{Q: !Sub 'x${B}'}]}}\n  B: {Type: T}", "B A")]
    [InlineData("A: {Type: T, Properties: {P: !Sub ['${B}', {B: !Ref C}]}}\n  B: {Type: T}\n  C: {Type: T}", "C A B")]
    [InlineData("A: {Type: T, Properties: {P: !If [No, !Ref B, x]}}\n  B: {Type: T}", "A B")]
    [InlineData("A: {Type: T, DependsOn: B}\n  B: {Type: T, Condition: No}", "A")]
    public void Order_Dependencies_ComeFirst(string resources, string order) => string.Join(' ', Prepare(resources).Order).ShouldBe(order);

    [Fact]
    public void Order_Circle_IsNamed() =>
        Should.Throw<ServiceException>(() => Prepare("A: {Type: T, DependsOn: B}\n  B: {Type: T, Properties: {P: !Ref C}}\n  C: {Type: T, Properties: {P: !Ref B}}"))
            .Message.ShouldBe("Circular dependency between resources: [B, C]");

    [Fact]
    public void Resources_ReferringToOneThatAConditionLeavesOut_AreRefused() =>
        Should.Throw<ServiceException>(() => Prepare("A: {Type: T, Properties: {P: !Ref B}}\n  B: {Type: T, Condition: No}"))
            .Message.ShouldStartWith("Template format error: Unresolved resource dependencies [B] in the Resources block of the template");

    [Fact]
    public void Order_AnyAcyclicGraph_HasEveryNodeOnceAfterItsDependencies()
    {
        // Edges go from higher to lower numbers, so there is no circle; the nodes are handed over in any order.
        var graphs = Gen.Choose(1, 30).SelectMany(count => Gen.Choose(0, count * 2).SelectMany(edges =>
            Gen.Two(Gen.Choose(0, count - 1)).ListOf(edges).SelectMany(pairs => Gen.Shuffle(Enumerable.Range(0, count).ToArray()).Select(nodes => (nodes, pairs)))));
        Prop.ForAll(graphs.ToArbitrary(), graph =>
        {
            var dependencies = graph.nodes.ToDictionary(node => $"n{node}", node => (IReadOnlyList<string>)
                [.. graph.pairs.Where(pair => Math.Max(pair.Item1, pair.Item2) == node && pair.Item1 != pair.Item2).Select(pair => $"n{Math.Min(pair.Item1, pair.Item2)}")]);
            var order = DependencyGraph.Order(dependencies).ToList();
            return order.Count == graph.nodes.Length && dependencies.All(node => node.Value.All(dependency => order.IndexOf(dependency) < order.IndexOf(node.Key)));
        }).QuickCheckThrowOnFailure();
    }

    private static PreparedTemplate Prepare(string resources) => PreparedTemplate.From(
        TemplateReader.Read($"Conditions: {{No: !Equals [a, b]}}\nResources:\n  {resources}"), [], new("1", "r", "id", "name"));
}
