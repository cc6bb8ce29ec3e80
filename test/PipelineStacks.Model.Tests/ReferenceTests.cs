using PipelineStacks.Model.Settings;

namespace PipelineStacks.Model.Tests;

public sealed class ReferenceTests
{
    [Fact]
    public void Model_UsesNothingButTheFramework() =>
        typeof(ProjectSettings).Assembly.GetReferencedAssemblies().ShouldAllBe(assembly => assembly.Name!.StartsWith("System.", StringComparison.Ordinal));
}
