namespace PipelineStacks.LocalCloud.Services.SecretsManager.Contracts;

internal sealed record RotateSecretRequest
{
    public required string SecretId { get; init; }
    public string? ClientRequestToken { get; init; }
    public string? RotationLambdaARN { get; init; }
    public RotationRules? RotationRules { get; init; }
    public bool? RotateImmediately { get; init; }
}

internal sealed record RotationRules
{
    public int? AutomaticallyAfterDays { get; init; }
    public string? Duration { get; init; }
    public string? ScheduleExpression { get; init; }
}
