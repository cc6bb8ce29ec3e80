using PipelineStacks.LocalCloud.Calls;

namespace PipelineStacks.LocalCloud.Services.Glue;

/// <summary>A stack's deletion succeeds for what somebody else has deleted before it.</summary>
internal static class Gone
{
    public static void Ignored<T>(Func<T> delete)
    {
        try
        {
            delete();
        }
        catch (ServiceException error) when (error.Code == "EntityNotFoundException")
        {
            // Deleted by hand, or with its database: what the stack wants is so.
        }
    }
}
