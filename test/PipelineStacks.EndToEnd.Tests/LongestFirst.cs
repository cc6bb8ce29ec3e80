using PipelineStacks.EndToEnd.Tests.Cli;
using PipelineStacks.EndToEnd.Tests.Docs;
using PipelineStacks.EndToEnd.Tests.Lake;
using PipelineStacks.EndToEnd.Tests.Sakila;
using PipelineStacks.EndToEnd.Tests.Verify;
using Xunit.Abstractions;

// Twice as many as the cores that CI has: most of their time the tests wait for a program or for a buffer's interval.
[assembly: CollectionBehavior(MaxParallelThreads = 4)]
[assembly: TestCollectionOrderer("PipelineStacks.EndToEnd.Tests.LongestFirst", "PipelineStacks.EndToEnd.Tests")]

namespace PipelineStacks.EndToEnd.Tests;

/// <summary>Begins with the classes that take minutes, so that none of them is what all wait for at the end.</summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    private static readonly string[] Long = [nameof(RunTests), nameof(LakeTests), nameof(SakilaTests), nameof(VerifyTests), nameof(FaultTests), nameof(DocumentTests)];

    /// <inheritdoc/>
    public IEnumerable<ITestCollection> OrderTestCollections(IEnumerable<ITestCollection> testCollections) => testCollections.OrderBy(Place);

    private static int Place(ITestCollection collection) =>
        Array.FindIndex(Long, name => collection.DisplayName.EndsWith($".{name}", StringComparison.Ordinal)) is var place and >= 0 ? place : Long.Length;
}
