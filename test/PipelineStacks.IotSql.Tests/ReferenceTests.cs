namespace PipelineStacks.IotSql.Tests;

/// <summary>The local cloud, the CDK app and the CLI all read IoT SQL with this library, so it may know none of them.</summary>
public sealed class ReferenceTests
{
    [Fact]
    public void IotSql_UsesNothingButTheFramework() =>
        typeof(MqttMessage).Assembly.GetReferencedAssemblies().ShouldAllBe(assembly => assembly.Name!.StartsWith("System.", StringComparison.Ordinal));
}
