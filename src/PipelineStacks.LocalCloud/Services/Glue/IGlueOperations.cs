using PipelineStacks.LocalCloud.Protocols;

namespace PipelineStacks.LocalCloud.Services.Glue;

/// <summary>The operations of a part of Glue beyond the catalog: crawlers, jobs, triggers. Registered as a singleton.</summary>
internal interface IGlueOperations
{
    /// <returns>The same table.</returns>
    OperationTable AddTo(OperationTable table);
}
