using System.Text.Json;
using System.Text.Json.Nodes;
using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.Protocols;
using PipelineStacks.LocalCloud.Services.Kinesis.Contracts;
using PipelineStacks.LocalCloud.Services.Kinesis.Streams;

namespace PipelineStacks.LocalCloud.Services.Kinesis.Operations;

/// <summary>Keeps the resource policies of streams.</summary>
internal sealed class PolicyOperations(StreamStore streams)
{
    public Empty Put(Call call, PutResourcePolicyRequest request)
    {
        new Validation().Required("resourceARN", request.ResourceARN).Required("policy", request.Policy).Throw();
        if (!IsObject(request.Policy!))
            throw KinesisErrors.Invalid("The policy is not a JSON object.");
        var stream = streams.Get(call, "kinesis:PutResourcePolicy", null, request.ResourceARN);
        lock (stream.Changing)
            stream.Change(stream.State with { Policy = request.Policy });
        return Empty.Value;
    }

    public GetResourcePolicyResponse Get(Call call, ResourceRequest request)
    {
        var validation = new Validation().Required("resourceARN", request.ResourceARN);
        return new(streams.Get(call, "kinesis:GetResourcePolicy", null, request.ResourceARN, validation).State.Policy ?? "{}");
    }

    public Empty Delete(Call call, ResourceRequest request)
    {
        var validation = new Validation().Required("resourceARN", request.ResourceARN);
        var stream = streams.Get(call, "kinesis:DeleteResourcePolicy", null, request.ResourceARN, validation);
        lock (stream.Changing)
        {
            if (stream.State.Policy is null)
                throw KinesisErrors.NotFound($"No resource policy found for resource {stream.Arn}.");
            stream.Change(stream.State with { Policy = null });
        }

        return Empty.Value;
    }

    private static bool IsObject(string policy)
    {
        try
        {
            return JsonNode.Parse(policy) is JsonObject;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
