using System.Globalization;
using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.Protocols;
using PipelineStacks.LocalCloud.Services.Lambda.Contracts;

namespace PipelineStacks.LocalCloud.Services.Lambda;

/// <summary>Functions: their code and their configuration.</summary>
internal sealed class Functions(FunctionStore store, CodeStore codes, FunctionRules rules)
{
    public const string Latest = "$LATEST";

    public FunctionConfiguration Create(Call call, CreateFunctionRequest request)
    {
        var name = FunctionName.Parse(call, request.FunctionName).Name;
        var arn = FunctionName.ArnOf(call, name);
        call.Authorize("lambda:CreateFunction", arn);
        if (request.PackageType is not (null or "Zip"))
            throw ServiceException.Unsupported($"The package type {request.PackageType}");
        RefusePublish(request.Publish);
        if (request.Runtime is null || request.Handler is null)
            throw LambdaErrors.Invalid("Runtime and Handler are mandatory parameters for functions created with deployment packages.");
        if (store.In(call.Account, call.Region).Any(function => function.Name == name))
            throw LambdaErrors.Conflict($"Function already exist: {name}");
        var function = new FunctionState
        {
            Name = name,
            Arn = arn,
            Runtime = request.Runtime,
            Role = request.Role,
            Handler = request.Handler,
            Code = new("", 0),
            Description = request.Description ?? "",
            Timeout = request.Timeout ?? FunctionRules.DefaultTimeout,
            MemorySize = request.MemorySize ?? FunctionRules.DefaultMemory,
            EphemeralStorage = request.EphemeralStorage?.Size ?? FunctionRules.DefaultStorage,
            Environment = request.Environment?.Variables ?? new Dictionary<string, string>(),
            Architecture = ArchitectureOf(request.Architectures) ?? "x86_64",
            TracingMode = request.TracingConfig?.Mode ?? "PassThrough",
            KmsKeyArn = request.KMSKeyArn,
            Vpc = request.VpcConfig,
            LogGroup = LogGroupOf(request.LoggingConfig),
            Tags = request.Tags ?? new Dictionary<string, string>(),
        };
        // What can be checked without the code is, before the code is read and unpacked.
        rules.Check(function);
        store.Add(call, function with { Code = codes.Add(call, request.Code) });
        return Get(call, name);
    }

    public FunctionConfiguration UpdateCode(Call call, UpdateFunctionCodeRequest request)
    {
        var function = store.Find(call, "lambda:UpdateFunctionCode", request.FunctionName);
        RefusePublish(request.Publish);
        var code = codes.Add(call, new() { ZipFile = request.ZipFile, S3Bucket = request.S3Bucket, S3Key = request.S3Key });
        if (request.DryRun)
            return Configuration(function with { Code = code });
        return Configuration(store.Change(call, "lambda:UpdateFunctionCode", function.Name, request.RevisionId, before =>
            Checked(before with { Code = code, Architecture = ArchitectureOf(request.Architectures) ?? before.Architecture })));
    }

    public FunctionConfiguration UpdateConfiguration(Call call, UpdateFunctionConfigurationRequest request) =>
        Configuration(store.Change(call, "lambda:UpdateFunctionConfiguration", request.FunctionName, request.RevisionId, before => Checked(before with
        {
            Runtime = request.Runtime ?? before.Runtime,
            Role = request.Role ?? before.Role,
            Handler = request.Handler ?? before.Handler,
            Description = request.Description ?? before.Description,
            Timeout = request.Timeout ?? before.Timeout,
            MemorySize = request.MemorySize ?? before.MemorySize,
            EphemeralStorage = request.EphemeralStorage?.Size ?? before.EphemeralStorage,
            Environment = request.Environment is { } environment ? environment.Variables ?? new Dictionary<string, string>() : before.Environment,
            TracingMode = request.TracingConfig?.Mode ?? before.TracingMode,
            KmsKeyArn = request.KMSKeyArn ?? before.KmsKeyArn,
            Vpc = request.VpcConfig ?? before.Vpc,
            LogGroup = request.LoggingConfig is { } logging ? LogGroupOf(logging) : before.LogGroup,
        })));

    public GetFunctionResponse Get(Call call, FunctionRequest request)
    {
        var function = store.Find(call, "lambda:GetFunction", request.FunctionName, request.Qualifier);
        return new(Configuration(function), new("S3", codes.UrlOf(function.Code)), function.Tags.Count == 0 ? null : function.Tags,
            function.ReservedConcurrency is { } reserved ? new(reserved) : null);
    }

    public FunctionConfiguration GetConfiguration(Call call, FunctionRequest request) =>
        Configuration(store.Find(call, "lambda:GetFunctionConfiguration", request.FunctionName, request.Qualifier));

    public ListFunctionsResponse List(Call call, ListFunctionsRequest request)
    {
        call.Authorize("lambda:ListFunctions", "*");
        var page = Page<FunctionState>.Of(store.In(call.Account, call.Region), request.Marker, Math.Min(request.MaxItems ?? 50, 50),
            "InvalidParameterValueException");
        return new(page.Next, [.. page.Items.Select(Configuration)]);
    }

    public Empty Delete(Call call, FunctionRequest request)
    {
        var function = store.Find(call, "lambda:DeleteFunction", request.FunctionName, request.Qualifier);
        store.Remove(call, function.Name);
        return Empty.Value;
    }

    private FunctionConfiguration Get(Call call, string name) => Configuration(store.Find(call, "lambda:GetFunctionConfiguration", name));

    private FunctionState Checked(FunctionState function)
    {
        rules.Check(function);
        return function;
    }

    private static string? ArchitectureOf(IReadOnlyList<string>? architectures) => architectures switch
    {
        null or [] => null,
        [var one] => one,
        _ => throw LambdaErrors.Invalid("A function has exactly one architecture."),
    };

    private static string? LogGroupOf(LoggingConfig? logging) => logging?.LogFormat is null or "Text"
        ? logging?.LogGroup
        : throw ServiceException.Unsupported($"The log format {logging.LogFormat} of Lambda");

    private static void RefusePublish(bool publish)
    {
        if (publish)
            throw ServiceException.Unsupported("Publishing versions of Lambda functions");
    }

    private static FunctionConfiguration Configuration(FunctionState function) => new()
    {
        FunctionName = function.Name,
        FunctionArn = function.Arn,
        Runtime = function.Runtime,
        Role = function.Role,
        Handler = function.Handler,
        CodeSize = function.Code.Size,
        CodeSha256 = function.Code.Sha256,
        Description = function.Description,
        Timeout = function.Timeout,
        MemorySize = function.MemorySize,
        LastModified = function.LastModified.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'+0000'", CultureInfo.InvariantCulture),
        Version = Latest,
        VpcConfig = function.Vpc,
        Environment = function.Environment.Count == 0 ? null : new() { Variables = function.Environment },
        KMSKeyArn = function.KmsKeyArn,
        TracingConfig = new() { Mode = function.TracingMode },
        RevisionId = function.RevisionId,
        State = "Active",
        LastUpdateStatus = "Successful",
        PackageType = "Zip",
        Architectures = [function.Architecture],
        EphemeralStorage = new() { Size = function.EphemeralStorage },
        LoggingConfig = new() { LogFormat = "Text", LogGroup = function.LogGroupName },
    };
}
