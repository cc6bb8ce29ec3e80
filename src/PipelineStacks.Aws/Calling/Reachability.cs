using System.Net.Sockets;

namespace PipelineStacks.Aws.Calling;

internal static class Reachability
{
    /// <summary>Whether an error of the SDK means that no server answered, which it buries under exceptions of its own.</summary>
    public static bool IsLost(Exception error)
    {
        for (var inner = error; inner is not null; inner = inner.InnerException)
        {
            if (inner is SocketException { SocketErrorCode: not SocketError.OperationAborted } or HttpRequestException { StatusCode: null })
                return true;
        }

        return false;
    }
}
