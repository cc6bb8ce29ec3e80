using System.Buffers;
using System.Text.Json;
using PipelineStacks.LocalCloud.Calls;

namespace PipelineStacks.LocalCloud.Protocols;

/// <summary>The operations that a service has, by name, whatever protocol they come in by. What is not in it is refused by name.</summary>
/// <param name="service">The service's name as users know it, for messages: <c>Kinesis</c>.</param>
internal sealed class OperationTable(string service, JsonSerializerOptions? wire = null)
{
    private readonly Dictionary<string, IOperation> _operations = new(StringComparer.Ordinal);
    private readonly JsonSerializerOptions _wire = wire ?? Wire.Pascal;

    public string Service => service;

    public IEnumerable<string> Names => _operations.Keys;

    public OperationTable Add<TRequest, TResponse>(string name, Func<Call, TRequest, TResponse> handler) =>
        AddAsync<TRequest, TResponse>(name, (call, request) => ValueTask.FromResult(handler(call, request)));

    public OperationTable AddAsync<TRequest, TResponse>(string name, Func<Call, TRequest, ValueTask<TResponse>> handler) =>
        AddRaw(name, new TypedOperation<TRequest, TResponse>($"{service} {name}", _wire, handler));

    /// <summary>An operation that reads and writes its JSON itself, for the few that carry the load.</summary>
    public OperationTable AddRaw(string name, IOperation operation)
    {
        _operations.Add(name, operation);
        return this;
    }

    /// <exception cref="ServiceException">The service has no such operation here.</exception>
    public IOperation Find(ReadOnlySpan<char> name) =>
        _operations.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(name, out var operation)
            ? operation
            : throw ServiceException.Unsupported($"The operation {name} of {service}");
}

/// <summary>One operation: a JSON request in, a JSON response out. Nothing written means an empty response.</summary>
internal interface IOperation
{
    ValueTask InvokeAsync(Call call, ReadOnlyMemory<byte> request, IBufferWriter<byte> response);
}

/// <summary>The answer of operations that have none.</summary>
internal sealed record Empty
{
    public static readonly Empty Value = new();
}

internal sealed class TypedOperation<TRequest, TResponse>(
    string what, JsonSerializerOptions wire, Func<Call, TRequest, ValueTask<TResponse>> handler) : IOperation
{
    public async ValueTask InvokeAsync(Call call, ReadOnlyMemory<byte> request, IBufferWriter<byte> response)
    {
        var answer = await handler(call, Read(request));
        if (answer is Empty)
            return;
        using var writer = new Utf8JsonWriter(response, new JsonWriterOptions { SkipValidation = true, Encoder = wire.Encoder });
        JsonSerializer.Serialize(writer, answer, wire);
    }

    private TRequest Read(ReadOnlyMemory<byte> request)
    {
        try
        {
            return JsonSerializer.Deserialize<TRequest>(request.IsEmpty ? "{}"u8 : request.Span, wire)
                ?? throw new ServiceException("SerializationException", $"The request of {what} is null.");
        }
        catch (JsonException error)
        {
            throw new ServiceException("SerializationException", JsonErrors.Explain(what, error));
        }
    }
}
