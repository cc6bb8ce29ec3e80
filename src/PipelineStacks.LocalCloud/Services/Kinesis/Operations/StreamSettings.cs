using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.Protocols;
using PipelineStacks.LocalCloud.Services.Kinesis.Contracts;
using PipelineStacks.LocalCloud.Services.Kinesis.Streams;

namespace PipelineStacks.LocalCloud.Services.Kinesis.Operations;

/// <summary>Changes what can be changed of a stream: retention, mode, encryption, largest record, shard-level metrics.</summary>
internal sealed class StreamSettings(StreamStore streams)
{
    public const int MaxRetentionHours = 8760;

    private static readonly string[] ShardMetrics =
    [
        "IncomingBytes", "IncomingRecords", "OutgoingBytes", "OutgoingRecords", "WriteProvisionedThroughputExceeded",
        "ReadProvisionedThroughputExceeded", "IteratorAgeMilliseconds",
    ];

    public Empty IncreaseRetention(Call call, ChangeRetentionRequest request)
    {
        var stream = CheckedRetention(call, "kinesis:IncreaseStreamRetentionPeriod", request);
        var (now, asked) = (stream.State.RetentionHours, request.RetentionPeriodHours!.Value);
        if (asked > MaxRetentionHours)
            throw KinesisErrors.Invalid($"Maximum allowed retention period is {MaxRetentionHours} hours. Requested retention period ({asked} hours) is too long.");
        DemandMinimum(asked);
        if (asked < now)
            throw KinesisErrors.Invalid(
                $"Requested retention period ({asked} hours) for stream {stream.Name} can not be shorter than existing retention period ({now} hours). "
                + "Use DecreaseRetentionPeriod API.");
        return SetRetention(stream, asked);
    }

    public Empty DecreaseRetention(Call call, ChangeRetentionRequest request)
    {
        var stream = CheckedRetention(call, "kinesis:DecreaseStreamRetentionPeriod", request);
        var (now, asked) = (stream.State.RetentionHours, request.RetentionPeriodHours!.Value);
        DemandMinimum(asked);
        if (asked > now)
            throw KinesisErrors.Invalid(
                $"Requested retention period ({asked} hours) for stream {stream.Name} can not be longer than existing retention period ({now} hours). "
                + "Use IncreaseRetentionPeriod API.");
        return SetRetention(stream, asked);
    }

    public Empty UpdateMode(Call call, UpdateStreamModeRequest request)
    {
        var mode = request.StreamModeDetails?.StreamMode;
        var validation = new Validation()
            .Required("streamARN", request.StreamARN).Required("streamModeDetails.streamMode", mode)
            .OneOf("streamModeDetails.streamMode", mode, StreamState.Provisioned, StreamState.OnDemand);
        var stream = streams.Get(call, "kinesis:UpdateStreamMode", null, request.StreamARN, validation);
        var now = streams.Clock.GetUtcNow();
        lock (stream.Changing)
        {
            var state = stream.State;
            if (state.Mode == mode)
                return Empty.Value;
            var switches = state.ModeSwitches.Where(at => now - at < TimeSpan.FromDays(1)).ToList();
            if (switches.Count >= 2)
                throw KinesisErrors.Limit($"Stream {stream.Name} under account {stream.Key.Account} has switched its mode twice within 24 hours.");
            ShardQuota.Demand(streams, stream.Key, mode!, state.OpenShards.Count());
            stream.Change(state with { Mode = mode!, ModeSwitches = [.. switches, now] });
        }

        return Empty.Value;
    }

    public Empty UpdateMaxRecordSize(Call call, UpdateMaxRecordSizeRequest request)
    {
        var validation = new Validation()
            .Required("streamARN", request.StreamARN)
            .Required("maxRecordSizeInKiB", request.MaxRecordSizeInKiB).Range("maxRecordSizeInKiB", request.MaxRecordSizeInKiB, 1024, 10240);
        var stream = streams.Get(call, "kinesis:UpdateMaxRecordSize", null, request.StreamARN, validation);
        return Change(stream, state => state with { MaxRecordKiB = request.MaxRecordSizeInKiB!.Value });
    }

    public Empty StartEncryption(Call call, StreamEncryptionRequest request)
    {
        CheckEncryption(request);
        var stream = streams.Get(call, "kinesis:StartStreamEncryption", request.StreamName, request.StreamARN);
        return Change(stream, state => state with { KeyId = request.KeyId });
    }

    public Empty StopEncryption(Call call, StreamEncryptionRequest request)
    {
        CheckEncryption(request);
        var stream = streams.Get(call, "kinesis:StopStreamEncryption", request.StreamName, request.StreamARN);
        return Change(stream, state => state with { KeyId = null });
    }

    public EnhancedMonitoringResponse EnableMonitoring(Call call, EnhancedMonitoringRequest request) =>
        ChangeMonitoring(call, "kinesis:EnableEnhancedMonitoring", request, (current, asked) => current.Union(asked));

    public EnhancedMonitoringResponse DisableMonitoring(Call call, EnhancedMonitoringRequest request) =>
        ChangeMonitoring(call, "kinesis:DisableEnhancedMonitoring", request, (current, asked) => current.Except(asked));

    private EnhancedMonitoringResponse ChangeMonitoring(
        Call call, string action, EnhancedMonitoringRequest request, Func<IEnumerable<string>, IEnumerable<string>, IEnumerable<string>> change)
    {
        var validation = new Validation().Required("shardLevelMetrics", request.ShardLevelMetrics);
        foreach (var metric in request.ShardLevelMetrics ?? [])
            validation.OneOf("shardLevelMetrics", metric, [.. ShardMetrics, "ALL"]);
        validation.Throw();
        var stream = streams.Get(call, action, request.StreamName, request.StreamARN);
        var asked = request.ShardLevelMetrics!.Contains("ALL") ? ShardMetrics : request.ShardLevelMetrics!;
        lock (stream.Changing)
        {
            var current = stream.State.ShardLevelMetrics;
            var desired = change(current, asked).ToList();
            stream.Change(stream.State with { ShardLevelMetrics = desired });
            return new(stream.Name, stream.Arn, current, desired);
        }
    }

    private static void DemandMinimum(int hours)
    {
        if (hours < StreamOperations.DefaultRetentionHours)
            throw KinesisErrors.Invalid(
                $"Minimum allowed retention period is {StreamOperations.DefaultRetentionHours} hours. Requested retention period ({hours} hours) is too short.");
    }

    private KinesisStream CheckedRetention(Call call, string action, ChangeRetentionRequest request)
    {
        var validation = new Validation().Required("retentionPeriodHours", request.RetentionPeriodHours);
        return streams.Get(call, action, request.StreamName, request.StreamARN, validation);
    }

    // Whatever has left the retention stays gone, whether it is made shorter (which deletes at once) or longer.
    private Empty SetRetention(KinesisStream stream, int hours)
    {
        lock (stream.Changing)
        {
            var state = stream.State;
            var cutoff = streams.Clock.GetUtcNow() - TimeSpan.FromHours(Math.Min(hours, state.RetentionHours));
            stream.Change(state with
            {
                RetentionHours = hours,
                Shards = [.. state.Shards.Select(shard => shard with { TrimmedBefore = stream.FindShard(shard.Number)!.Trim(cutoff) })],
            });
        }

        return Empty.Value;
    }

    private static Empty Change(KinesisStream stream, Func<StreamState, StreamState> change)
    {
        lock (stream.Changing)
            stream.Change(change(stream.State));
        return Empty.Value;
    }

    private static void CheckEncryption(StreamEncryptionRequest request) => new Validation()
        .Required("encryptionType", request.EncryptionType).OneOf("encryptionType", request.EncryptionType, "KMS", "NONE")
        .Required("keyId", request.KeyId).Length("keyId", request.KeyId, 1, 2048)
        .Throw();
}
