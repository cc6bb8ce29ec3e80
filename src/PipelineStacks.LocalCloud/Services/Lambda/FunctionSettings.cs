using System.Text.Json.Nodes;
using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.Protocols;
using PipelineStacks.LocalCloud.Services.Lambda.Contracts;

namespace PipelineStacks.LocalCloud.Services.Lambda;

/// <summary>What is set beside a function's configuration: its resource policy, reserved concurrency and tags.</summary>
internal sealed class FunctionSettings(FunctionStore store)
{
    public AddPermissionResponse AddPermission(Call call, AddPermissionRequest request)
    {
        var statement = "";
        store.Describe(call, "lambda:AddPermission", request.FunctionName, function =>
        {
            CheckRevision(request.RevisionId, function);
            if (function.Policy.ContainsKey(request.StatementId))
                throw LambdaErrors.Conflict($"The statement id ({request.StatementId}) provided already exists. Please provide a new statement id, or remove the existing statement.");
            statement = Statement(function, request).ToJsonString(Wire.Pascal);
            return function with { Policy = With(function.Policy, request.StatementId, statement) };
        });
        return new(statement);
    }

    public Empty RemovePermission(Call call, RemovePermissionRequest request)
    {
        store.Describe(call, "lambda:RemovePermission", request.FunctionName, function =>
        {
            CheckRevision(request.RevisionId, function);
            return function.Policy.ContainsKey(request.StatementId)
                ? function with { Policy = Without(function.Policy, [request.StatementId]) }
                : throw new ServiceException("ResourceNotFoundException", $"Statement {request.StatementId} is not found in resource policy.", 404);
        });
        return Empty.Value;
    }

    public GetPolicyResponse GetPolicy(Call call, FunctionRequest request)
    {
        var function = store.Find(call, "lambda:GetPolicy", request.FunctionName, request.Qualifier);
        if (function.Policy.Count == 0)
            throw new ServiceException("ResourceNotFoundException", "The resource you requested does not exist.", 404);
        var policy = new JsonObject
        {
            ["Version"] = "2012-10-17",
            ["Id"] = "default",
            ["Statement"] = new JsonArray([.. function.Policy.Values.Select(statement => JsonNode.Parse(statement))]),
        };
        return new(policy.ToJsonString(Wire.Pascal), function.RevisionId);
    }

    public Concurrency PutConcurrency(Call call, PutFunctionConcurrencyRequest request)
    {
        if (request.ReservedConcurrentExecutions is < 0 or > Execution.ConcurrencyLimits.Account)
            throw LambdaErrors.Invalid($"ReservedConcurrentExecutions must be from 0 to the account's limit of {Execution.ConcurrencyLimits.Account}.");
        store.Describe(call, "lambda:PutFunctionConcurrency", request.FunctionName,
            function => function with { ReservedConcurrency = request.ReservedConcurrentExecutions });
        return new(request.ReservedConcurrentExecutions);
    }

    public Concurrency GetConcurrency(Call call, FunctionRequest request) =>
        new(store.Find(call, "lambda:GetFunctionConcurrency", request.FunctionName).ReservedConcurrency);

    public Empty DeleteConcurrency(Call call, FunctionRequest request)
    {
        store.Describe(call, "lambda:DeleteFunctionConcurrency", request.FunctionName, function => function with { ReservedConcurrency = null });
        return Empty.Value;
    }

    public ListTagsResponse ListTags(Call call, ResourceRequest request) => new(store.Find(call, "lambda:ListTags", request.Resource).Tags);

    public Empty Tag(Call call, TagResourceRequest request)
    {
        store.Describe(call, "lambda:TagResource", request.Resource, function =>
            function with { Tags = request.Tags.Aggregate<KeyValuePair<string, string>, IReadOnlyDictionary<string, string>>(function.Tags, (tags, tag) => With(tags, tag.Key, tag.Value)) });
        return Empty.Value;
    }

    public Empty Untag(Call call, UntagResourceRequest request)
    {
        store.Describe(call, "lambda:UntagResource", request.Resource, function => function with { Tags = Without(function.Tags, request.TagKeys) });
        return Empty.Value;
    }

    public GetAccountSettingsResponse Account(Call call, AccountSettingsRequest request)
    {
        call.Authorize("lambda:GetAccountSettings", "*");
        var functions = store.In(call.Account, call.Region).ToList();
        var reserved = functions.Sum(function => function.ReservedConcurrency ?? 0);
        return new(new(80_530_636_800, 262_144_000, 52_428_800, Execution.ConcurrencyLimits.Account, Execution.ConcurrencyLimits.Account - reserved),
            new(functions.Sum(function => function.Code.Size), functions.Count));
    }

    private static JsonObject Statement(FunctionState function, AddPermissionRequest request)
    {
        var condition = new JsonObject();
        if (request.SourceArn is { } arn)
            condition["ArnLike"] = new JsonObject { ["AWS:SourceArn"] = arn };
        if (request.SourceAccount is { } account)
            condition["StringEquals"] = new JsonObject { ["AWS:SourceAccount"] = account };
        if (request.PrincipalOrgID is { } organisation)
            condition[request.SourceAccount is null ? "StringEquals" : "ForAnyValue:StringEquals"] = new JsonObject { ["aws:PrincipalOrgID"] = organisation };
        var statement = new JsonObject
        {
            ["Sid"] = request.StatementId,
            ["Effect"] = "Allow",
            ["Principal"] = request.Principal switch
            {
                "*" => JsonValue.Create("*"),
                var service when service.EndsWith(".amazonaws.com", StringComparison.Ordinal) => new JsonObject { ["Service"] = service },
                { Length: 12 } number when number.All(char.IsAsciiDigit) => new JsonObject { ["AWS"] = $"arn:aws:iam::{number}:root" },
                var other => new JsonObject { ["AWS"] = other },
            },
            ["Action"] = request.Action,
            ["Resource"] = function.Arn,
        };
        if (condition.Count > 0)
            statement["Condition"] = condition;
        return statement;
    }

    private static void CheckRevision(string? expected, FunctionState function)
    {
        if (expected is not null && expected != function.RevisionId)
            throw LambdaErrors.WrongRevision();
    }

    private static Dictionary<string, string> With(IReadOnlyDictionary<string, string> all, string key, string value) =>
        new Dictionary<string, string>(all) { [key] = value };

    private static Dictionary<string, string> Without(IReadOnlyDictionary<string, string> all, IReadOnlyList<string> keys) =>
        all.Where(pair => !keys.Contains(pair.Key)).ToDictionary();
}
