using System.IO.Compression;
using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.CloudFormation;
using PipelineStacks.LocalCloud.Services.Lambda.Contracts;

namespace PipelineStacks.LocalCloud.Services.Lambda.Provisioners;

internal sealed record FunctionProperties
{
    [CreateOnly]
    public string? FunctionName { get; init; }

    public required CodeProperties Code { get; init; }
    public required string Runtime { get; init; }
    public required string Handler { get; init; }
    public required string Role { get; init; }
    public string? Description { get; init; }
    public EnvironmentProperties? Environment { get; init; }
    public int? Timeout { get; init; }
    public int? MemorySize { get; init; }

    [NoLocalEffect("Code runs on this machine's processor, whatever it was built for.")]
    public IReadOnlyList<string>? Architectures { get; init; }

    [NoLocalEffect("Functions run on this machine and reach what it reaches; subnets and security groups are not networks here.")]
    public VpcConfig? VpcConfig { get; init; }

    public LoggingProperties? LoggingConfig { get; init; }
    public int? ReservedConcurrentExecutions { get; init; }

    [NoLocalEffect("Functions share this machine's /tmp, which has the size that it has.")]
    public EphemeralStorage? EphemeralStorage { get; init; }

    [NoLocalEffect("There is no X-Ray here that traces could go to.")]
    public TracingConfig? TracingConfig { get; init; }

    [NoLocalEffect("Kept and shown; environment variables lie unencrypted in the data directory.")]
    public string? KmsKeyArn { get; init; }

    [NoLocalEffect("Zip is the one type of package that is taken.")]
    public string? PackageType { get; init; }

    public IReadOnlyList<Tag>? Tags { get; init; }

    internal sealed record CodeProperties
    {
        public string? S3Bucket { get; init; }
        public string? S3Key { get; init; }
        public string? ZipFile { get; init; }
    }

    internal sealed record EnvironmentProperties
    {
        public IReadOnlyDictionary<string, string>? Variables { get; init; }
    }

    internal sealed record LoggingProperties
    {
        public string? LogFormat { get; init; }
        public string? LogGroup { get; init; }
    }
}

/// <summary><c>AWS::Lambda::Function</c>.</summary>
internal sealed class FunctionProvisioner(Functions functions, FunctionSettings settings) : Provisioner<FunctionProperties>("AWS::Lambda::Function")
{
    protected override void Check(ProvisionContext context, FunctionProperties properties)
    {
        FunctionRules.CheckRuntime(properties.Runtime);
        if (properties.PackageType is not (null or "Zip"))
            throw ServiceException.Unsupported($"The package type {properties.PackageType}");
        if (properties.Code.ZipFile is not null && !properties.Runtime.StartsWith("nodejs", StringComparison.Ordinal))
            throw new ServiceException("ValidationError", "Inline source code (ZipFile) is taken of Node.js functions only.");
    }

    protected override ValueTask<Provisioned> CreateAsync(ProvisionContext context, FunctionProperties properties)
    {
        var call = context.Call;
        var name = properties.FunctionName ?? context.NewName();
        functions.Create(call, new()
        {
            FunctionName = name,
            Runtime = properties.Runtime,
            Handler = properties.Handler,
            Role = properties.Role,
            Code = Code(properties),
            Description = properties.Description,
            Timeout = properties.Timeout,
            MemorySize = properties.MemorySize,
            Environment = new() { Variables = properties.Environment?.Variables },
            Architectures = properties.Architectures,
            VpcConfig = properties.VpcConfig,
            LoggingConfig = Logging(properties),
            EphemeralStorage = properties.EphemeralStorage,
            TracingConfig = properties.TracingConfig,
            KMSKeyArn = properties.KmsKeyArn,
            Tags = Tags(properties),
        });
        if (properties.ReservedConcurrentExecutions is { } reserved)
            settings.PutConcurrency(call, new() { FunctionName = name, ReservedConcurrentExecutions = reserved });
        return ValueTask.FromResult(Describe(call, name));
    }

    protected override ValueTask<Provisioned> UpdateAsync(ProvisionContext context, string physicalId, FunctionProperties before, FunctionProperties after)
    {
        var call = context.Call;
        // What a template no longer says has its default again.
        functions.UpdateConfiguration(call, new()
        {
            FunctionName = physicalId,
            Runtime = after.Runtime,
            Handler = after.Handler,
            Role = after.Role,
            Description = after.Description ?? "",
            Timeout = after.Timeout ?? FunctionRules.DefaultTimeout,
            MemorySize = after.MemorySize ?? FunctionRules.DefaultMemory,
            Environment = new() { Variables = after.Environment?.Variables },
            VpcConfig = after.VpcConfig ?? new(),
            LoggingConfig = Logging(after) ?? new(),
            EphemeralStorage = after.EphemeralStorage ?? new() { Size = FunctionRules.DefaultStorage },
            TracingConfig = after.TracingConfig ?? new() { Mode = "PassThrough" },
            KMSKeyArn = after.KmsKeyArn ?? "",
        });
        if (before.Code != after.Code || Architecture(before) != Architecture(after))
        {
            var code = Code(after);
            functions.UpdateCode(call, new()
            {
                FunctionName = physicalId,
                S3Bucket = code.S3Bucket,
                S3Key = code.S3Key,
                ZipFile = code.ZipFile,
                Architectures = [Architecture(after)],
            });
        }

        if (after.ReservedConcurrentExecutions is { } reserved)
            settings.PutConcurrency(call, new() { FunctionName = physicalId, ReservedConcurrentExecutions = reserved });
        else if (before.ReservedConcurrentExecutions is not null)
            settings.DeleteConcurrency(call, new() { FunctionName = physicalId });
        settings.Untag(call, new() { Resource = physicalId, TagKeys = [.. (before.Tags ?? []).Select(tag => tag.Key)] });
        settings.Tag(call, new() { Resource = physicalId, Tags = Tags(after) });
        return ValueTask.FromResult(Describe(call, physicalId));
    }

    protected override ValueTask DeleteAsync(ProvisionContext context, string physicalId, FunctionProperties properties)
    {
        functions.Delete(context.Call, new() { FunctionName = physicalId });
        return ValueTask.CompletedTask;
    }

    private Provisioned Describe(Call call, string name) =>
        new(name, ("Arn", functions.GetConfiguration(call, new() { FunctionName = name }).FunctionArn));

    // A template's ZipFile is source code, which CloudFormation puts into index.js.
    private static CodeLocation Code(FunctionProperties properties)
    {
        if (properties.Code.ZipFile is not { } source)
            return new() { S3Bucket = properties.Code.S3Bucket, S3Key = properties.Code.S3Key };
        using var zip = new MemoryStream();
        using (var archive = new ZipArchive(zip, ZipArchiveMode.Create, leaveOpen: true))
        {
            var entry = archive.CreateEntry("index.js");
            // The same source is the same zip file, and has the same hash.
            entry.LastWriteTime = new DateTimeOffset(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);
            using var writer = new StreamWriter(entry.Open());
            writer.Write(source);
        }

        return new() { ZipFile = zip.ToArray() };
    }

    private static string Architecture(FunctionProperties properties) => properties.Architectures is [var one, ..] ? one : "x86_64";

    private static LoggingConfig? Logging(FunctionProperties properties) =>
        properties.LoggingConfig is { } logging ? new() { LogFormat = logging.LogFormat, LogGroup = logging.LogGroup } : null;

    private static Dictionary<string, string> Tags(FunctionProperties properties) =>
        (properties.Tags ?? []).ToDictionary(tag => tag.Key, tag => tag.Value);
}
