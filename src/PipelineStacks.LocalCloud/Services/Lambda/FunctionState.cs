namespace PipelineStacks.LocalCloud.Services.Lambda;

/// <summary>A function as it is kept.</summary>
internal sealed record FunctionState
{
    public required string Name { get; init; }
    public required string Arn { get; init; }
    public required string Runtime { get; init; }
    public required string Role { get; init; }
    public required string Handler { get; init; }
    public required FunctionCode Code { get; init; }
    public string Description { get; init; } = "";
    public int Timeout { get; init; } = FunctionRules.DefaultTimeout;
    public int MemorySize { get; init; } = FunctionRules.DefaultMemory;
    public int EphemeralStorage { get; init; } = FunctionRules.DefaultStorage;
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();
    public string Architecture { get; init; } = "x86_64";
    public string TracingMode { get; init; } = "PassThrough";
    public string? KmsKeyArn { get; init; }
    public Contracts.VpcConfig? Vpc { get; init; }
    public string? LogGroup { get; init; }
    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    /// <summary>The resource policy's statements by their ids, as JSON.</summary>
    public IReadOnlyDictionary<string, string> Policy { get; init; } = new Dictionary<string, string>();

    public int? ReservedConcurrency { get; init; }
    public DateTimeOffset LastModified { get; init; }

    /// <summary>Changes with every change of code or configuration; processes of another revision are not used any more.</summary>
    public string RevisionId { get; init; } = "";

    /// <summary>Where its lines go.</summary>
    public string LogGroupName => LogGroup ?? $"/aws/lambda/{Name}";
}

/// <summary>A function's code, kept once however many functions have it.</summary>
/// <param name="Sha256">Of the zip file, as the API shows it: in Base64.</param>
internal sealed record FunctionCode(string Sha256, long Size);
