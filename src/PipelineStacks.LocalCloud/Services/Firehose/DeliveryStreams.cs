using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.Protocols;
using PipelineStacks.LocalCloud.Services.Firehose.Contracts;
using PipelineStacks.LocalCloud.Services.Firehose.Conversion;
using PipelineStacks.LocalCloud.Services.Firehose.Delivery;
using PipelineStacks.LocalCloud.Services.Glue;
using PipelineStacks.LocalCloud.Services.Kinesis;

namespace PipelineStacks.LocalCloud.Services.Firehose;

/// <summary>Delivery streams and their configuration.</summary>
internal sealed class DeliveryStreams(DeliveryStreamStore store, Callers callers, IStreamReader streams, ICatalog catalog, TimeProvider time)
{
    public CreateDeliveryStreamResponse Create(Call call, CreateDeliveryStreamRequest request)
    {
        call.Authorize("firehose:CreateDeliveryStream", DeliveryStreamStore.ArnOf(call, request.DeliveryStreamName));
        DeliveryStreamRules.Check(request);
        var given = request.ExtendedS3DestinationConfiguration ?? new(request.S3DestinationConfiguration!);
        DestinationRules.Check(given);
        lock (store.Changing)
        {
            if (store.Find(call, request.DeliveryStreamName) is not null)
                throw FirehoseErrors.InUse(request.DeliveryStreamName, call.Account);
            var stream = new DeliveryStream(call.Account, call.Region, request.DeliveryStreamName, Guid.NewGuid().ToString("N")[..8], time.GetUtcNow())
            {
                Source = request.KinesisStreamSourceConfiguration,
                DirectPutSource = request.DirectPutSourceConfiguration,
                Destination = Destinations.WithDefaults(given),
                Encryption = request.DeliveryStreamEncryptionConfigurationInput,
                Tags = DeliveryStreamRules.Tags(request.Tags),
            };
            CheckSchema(stream);
            store.Add(stream, Start(stream));
            return new(stream.Arn);
        }
    }

    public async ValueTask<Empty> DeleteAsync(Call call, DeleteDeliveryStreamRequest request)
    {
        call.Authorize("firehose:DeleteDeliveryStream", DeliveryStreamStore.ArnOf(call, request.DeliveryStreamName));
        Task removed;
        lock (store.Changing)
            removed = store.RemoveAsync(store.Get(call, request.DeliveryStreamName));
        await removed;
        return Empty.Value;
    }

    public DescribeDeliveryStreamResponse Describe(Call call, DescribeDeliveryStreamRequest request)
    {
        call.Authorize("firehose:DescribeDeliveryStream", DeliveryStreamStore.ArnOf(call, request.DeliveryStreamName));
        return new(DeliveryStreamText.Describe(store.Get(call, request.DeliveryStreamName)));
    }

    public ListDeliveryStreamsResponse List(Call call, ListDeliveryStreamsRequest request)
    {
        call.Authorize("firehose:ListDeliveryStreams", "*");
        if (request.Limit is < 1 or > 10_000)
            throw ServiceException.Validation("limit", request.Limit.ToString(), "Member must have value between 1 and 10000");
        var names = store.In(call)
            .Where(stream => request.DeliveryStreamType is null || stream.Type == request.DeliveryStreamType)
            .Select(stream => stream.Name)
            .Where(name => string.CompareOrdinal(name, request.ExclusiveStartDeliveryStreamName) > 0)
            .ToList();
        var limit = request.Limit ?? 10;
        return new([.. names.Take(limit)], names.Count > limit);
    }

    public Empty UpdateDestination(Call call, UpdateDestinationRequest request)
    {
        call.Authorize("firehose:UpdateDestination", DeliveryStreamStore.ArnOf(call, request.DeliveryStreamName));
        lock (store.Changing)
        {
            var stream = store.Get(call, request.DeliveryStreamName);
            if (request.CurrentDeliveryStreamVersionId != stream.Version.ToString(System.Globalization.CultureInfo.InvariantCulture))
            {
                throw new ServiceException("ConcurrentModificationException",
                    $"Cannot update firehose: {stream.Name} since the current version id: {stream.Version} and specified version id: " +
                    $"{request.CurrentDeliveryStreamVersionId} do not match");
            }

            if (request.DestinationId != DeliveryStreamText.DestinationId)
                throw FirehoseErrors.Invalid($"Destination Id {request.DestinationId} not found");
            var update = request.ExtendedS3DestinationUpdate
                ?? new ExtendedS3DestinationUpdate(request.S3DestinationUpdate ?? throw FirehoseErrors.Invalid("A destination update must be specified."));
            var merged = Destinations.Merge(stream.Destination, update);
            DestinationRules.Check(merged);
            if (stream.Destination.BacksUp && !merged.BacksUp)
                throw FirehoseErrors.Invalid("S3BackupMode cannot be disabled once it is enabled.");
            var next = stream with { Destination = Destinations.WithDefaults(merged), Version = stream.Version + 1, UpdatedAt = time.GetUtcNow() };
            CheckSchema(next);
            store.Update(next);
        }

        return Empty.Value;
    }

    public Empty StartEncryption(Call call, StartEncryptionRequest request)
    {
        call.Authorize("firehose:StartDeliveryStreamEncryption", DeliveryStreamStore.ArnOf(call, request.DeliveryStreamName));
        var encryption = request.DeliveryStreamEncryptionConfigurationInput ?? new("AWS_OWNED_CMK");
        DeliveryStreamRules.CheckEncryption(encryption);
        SetEncryption(call, request.DeliveryStreamName, encryption);
        return Empty.Value;
    }

    public Empty StopEncryption(Call call, StopEncryptionRequest request)
    {
        call.Authorize("firehose:StopDeliveryStreamEncryption", DeliveryStreamStore.ArnOf(call, request.DeliveryStreamName));
        SetEncryption(call, request.DeliveryStreamName, null);
        return Empty.Value;
    }

    private void SetEncryption(Call call, string name, EncryptionInput? encryption)
    {
        lock (store.Changing)
        {
            var stream = store.Get(call, name);
            if (stream.Source is not null)
                throw FirehoseErrors.Invalid($"Server-side encryption of {name} is that of its source stream and can't be set on the delivery stream.");
            store.Update(stream with { Encryption = encryption });
        }
    }

    // The service looks the table up when the stream is made, too.
    private void CheckSchema(DeliveryStream stream)
    {
        if (!stream.Destination.Converts)
            return;
        try
        {
            ConversionPlan.Make(stream, stream.Destination.DataFormatConversionConfiguration!, catalog, callers);
        }
        catch (DeliveryException error)
        {
            throw FirehoseErrors.Invalid(error.Message);
        }
    }

    private Dictionary<string, long> Start(DeliveryStream stream) =>
        stream.Source is not { } source ? []
            : StreamSource.Latest(streams, callers.ForRole(source.RoleARN, stream.Region, stream.Name), source.KinesisStreamARN);
}
