using System.Buffers;
using Microsoft.AspNetCore.Http;

namespace PipelineStacks.LocalCloud.Protocols;

/// <summary>A request's whole body in a rented buffer.</summary>
internal readonly struct RequestBody : IDisposable
{
    private readonly byte[]? _rented;
    private readonly int _length;

    private RequestBody(byte[]? rented, int length) => (_rented, _length) = (rented, length);

    public ReadOnlyMemory<byte> Memory => _rented.AsMemory(0, _length);

    public static async ValueTask<RequestBody> ReadAsync(HttpRequest request)
    {
        var reader = request.BodyReader;
        while (true)
        {
            var result = await reader.ReadAsync();
            if (!result.IsCompleted)
            {
                // Examined but not consumed: the next read waits for more and returns the whole again.
                reader.AdvanceTo(result.Buffer.Start, result.Buffer.End);
                continue;
            }

            var length = checked((int)result.Buffer.Length);
            var rented = length == 0 ? null : ArrayPool<byte>.Shared.Rent(length);
            result.Buffer.CopyTo(rented);
            reader.AdvanceTo(result.Buffer.End);
            return new(rented, length);
        }
    }

    public void Dispose()
    {
        if (_rented is not null)
            ArrayPool<byte>.Shared.Return(_rented);
    }
}
