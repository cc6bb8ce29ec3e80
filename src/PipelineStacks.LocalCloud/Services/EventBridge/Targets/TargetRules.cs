using System.Text.Json;
using System.Text.RegularExpressions;
using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.Services.EventBridge.Contracts;
using PipelineStacks.LocalCloud.Services.Iam;

namespace PipelineStacks.LocalCloud.Services.EventBridge.Targets;

/// <summary>What a target must be to be taken.</summary>
internal sealed partial class TargetRules(IEnumerable<TargetKind> kinds, RoleTrust trust)
{
    public const string Principal = "events.amazonaws.com";

    private readonly IReadOnlyList<TargetKind> _kinds = [.. kinds];

    /// <exception cref="ServiceException">What the target is, or asks for, can't be had here; the message names it.</exception>
    public TargetKind KindOf(string arn)
    {
        if (arn.Split(':', 6) is not ["arn", "aws", var service, _, _, var resource])
            throw Invalid($"Parameter {arn} is not valid. Reason: Provided Arn is not in correct format.");
        return _kinds.FirstOrDefault(kind => kind.Service == service && resource.StartsWith(kind.ResourcePrefix, StringComparison.Ordinal))
            ?? throw ServiceException.Unsupported($"A target of {service} ({arn}; rules reach {string.Join(", ", _kinds.Select(kind => kind.Service).Order(StringComparer.Ordinal))})");
    }

    public void Check(Target target)
    {
        if (!Id().IsMatch(target.Id))
            throw ServiceException.Validation("targets.1.member.id", target.Id, @"Member must satisfy regular expression pattern: [\.\-_A-Za-z0-9]+");
        var kind = KindOf(target.Arn);
        if (target.RoleArn is null ? kind.NeedsRole : !trust.Allows(target.RoleArn, Principal))
            throw Invalid(target.RoleArn is null
                ? $"RoleArn is required for target {target.Arn}."
                : $"Provided role '{target.RoleArn}' cannot be assumed by principal '{Principal}'.");
        if (target.KinesisParameters is { } kinesis)
        {
            if (kind.Service != "kinesis")
                throw Invalid($"Parameter(s) KinesisParameters are not valid for target {target.Id}.");
            CheckPath(target, kinesis.PartitionKeyPath);
        }

        if (target.DeadLetterConfig is { Arn: not null })
            throw ServiceException.Unsupported("DeadLetterConfig of EventBridge targets (there is no SQS)");
        CheckRange(target.RetryPolicy?.MaximumRetryAttempts, "maximumRetryAttempts", 0, 185);
        CheckRange(target.RetryPolicy?.MaximumEventAgeInSeconds, "maximumEventAgeInSeconds", 60, 86_400);
        CheckInput(target);
    }

    private static void CheckInput(Target target)
    {
        if (new object?[] { target.Input, target.InputPath, target.InputTransformer }.Count(one => one is not null) > 1)
            throw Invalid($"Only one of Input, InputPath, or InputTransformer must be provided for target {target.Id}.");
        if (target.Input is { } input && !IsJson(input))
            throw Invalid($"JSON syntax error in input for target {target.Id}.");
        if (target.InputPath is { } path)
            CheckPath(target, path);
        if (target.InputTransformer is not { } transformer)
            return;
        foreach (var value in (transformer.InputPathsMap ?? new Dictionary<string, string>()).Values)
            CheckPath(target, value);
        if (InputTemplate.Placeholders(transformer.InputTemplate).FirstOrDefault(name =>
            !InputTemplate.Reserved.Contains(name) && transformer.InputPathsMap?.ContainsKey(name) != true) is { } unknown)
            throw Invalid($"InputTemplate for target {target.Id} contains invalid placeholder {unknown}.");
    }

    private static void CheckPath(Target target, string path)
    {
        if (!EventPath.IsValid(path))
            throw Invalid($"Invalid JSON path {path} for target {target.Id}.");
    }

    private static void CheckRange(int? value, string member, int min, int max)
    {
        if (value < min || value > max)
            throw ServiceException.Validation($"targets.1.member.retryPolicy.{member}", $"{value}", $"Member must have value between {min} and {max}");
    }

    private static bool IsJson(string text)
    {
        try
        {
            using var _ = JsonDocument.Parse(text);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static ServiceException Invalid(string message) => new("ValidationException", message);

    [GeneratedRegex(@"^[.\-_A-Za-z0-9]{1,64}$")]
    private static partial Regex Id();
}
