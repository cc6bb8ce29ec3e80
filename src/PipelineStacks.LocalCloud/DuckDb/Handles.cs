using System.Runtime.InteropServices;

namespace PipelineStacks.LocalCloud.DuckDb;

/// <summary>A pointer that DuckDB gave out and takes back by the address of the pointer.</summary>
internal abstract class DuckHandle() : SafeHandle(0, ownsHandle: true)
{
    public override bool IsInvalid => handle == 0;

    /// <summary>For calls on the hot path, made while the owner keeps the handle open.</summary>
    public nint Pointer => handle;
}

internal sealed class DatabaseHandle : DuckHandle
{
    protected override bool ReleaseHandle()
    {
        Native.Close(ref handle);
        return true;
    }
}

internal sealed class ConnectionHandle : DuckHandle
{
    protected override bool ReleaseHandle()
    {
        Native.Disconnect(ref handle);
        return true;
    }
}

internal sealed class PreparedHandle : DuckHandle
{
    protected override bool ReleaseHandle()
    {
        Native.DestroyPrepare(ref handle);
        return true;
    }
}

internal sealed class LogicalTypeHandle : DuckHandle
{
    // The marshaller makes it for types that DuckDB returns.
    public LogicalTypeHandle()
    {
    }

    public LogicalTypeHandle(nint pointer) => SetHandle(pointer);

    protected override bool ReleaseHandle()
    {
        Native.DestroyLogicalType(ref handle);
        return true;
    }
}

internal sealed class ChunkHandle : DuckHandle
{
    public ChunkHandle()
    {
    }

    public ChunkHandle(nint pointer) => SetHandle(pointer);

    protected override bool ReleaseHandle()
    {
        Native.DestroyDataChunk(ref handle);
        return true;
    }
}

internal sealed class AppenderHandle : DuckHandle
{
    protected override bool ReleaseHandle()
    {
        _ = Native.AppenderDestroy(ref handle);
        return true;
    }
}
