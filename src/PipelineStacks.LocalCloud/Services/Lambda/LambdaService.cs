using Microsoft.AspNetCore.Http;
using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.Protocols;
using PipelineStacks.LocalCloud.Services.Lambda.Contracts;
using PipelineStacks.LocalCloud.Services.Lambda.Execution;

namespace PipelineStacks.LocalCloud.Services.Lambda;

/// <summary>Lambda's REST-JSON protocol: <see href="https://docs.aws.amazon.com/lambda/latest/api/API_Operations.html"/>.</summary>
internal sealed class LambdaService : IRestService
{
    private const string Functions = "/2015-03-31/functions";
    private const string Function = Functions + "/{FunctionName}";

    private readonly OperationTable _operations;
    private readonly RestJsonRoutes _routes;
    private readonly InvokeOperation _invoke;

    public LambdaService(Functions functions, FunctionSettings settings, InvokeOperation invoke)
    {
        _invoke = invoke;
        _operations = new OperationTable("Lambda")
            .Add<CreateFunctionRequest, FunctionConfiguration>("CreateFunction", functions.Create)
            .Add<FunctionRequest, GetFunctionResponse>("GetFunction", functions.Get)
            .Add<FunctionRequest, FunctionConfiguration>("GetFunctionConfiguration", functions.GetConfiguration)
            .Add<UpdateFunctionCodeRequest, FunctionConfiguration>("UpdateFunctionCode", functions.UpdateCode)
            .Add<UpdateFunctionConfigurationRequest, FunctionConfiguration>("UpdateFunctionConfiguration", functions.UpdateConfiguration)
            .Add<FunctionRequest, Empty>("DeleteFunction", functions.Delete)
            .Add<ListFunctionsRequest, ListFunctionsResponse>("ListFunctions", functions.List)
            .Add<AddPermissionRequest, AddPermissionResponse>("AddPermission", settings.AddPermission)
            .Add<RemovePermissionRequest, Empty>("RemovePermission", settings.RemovePermission)
            .Add<FunctionRequest, GetPolicyResponse>("GetPolicy", settings.GetPolicy)
            .Add<PutFunctionConcurrencyRequest, Concurrency>("PutFunctionConcurrency", settings.PutConcurrency)
            .Add<FunctionRequest, Concurrency>("GetFunctionConcurrency", settings.GetConcurrency)
            .Add<FunctionRequest, Empty>("DeleteFunctionConcurrency", settings.DeleteConcurrency)
            .Add<ResourceRequest, ListTagsResponse>("ListTags", settings.ListTags)
            .Add<TagResourceRequest, Empty>("TagResource", settings.Tag)
            .Add<UntagResourceRequest, Empty>("UntagResource", settings.Untag)
            .Add<AccountSettingsRequest, GetAccountSettingsResponse>("GetAccountSettings", settings.Account);
        _routes = new RestJsonRoutes(_operations)
            .Add("POST", Functions, "CreateFunction", 201)
            .Add("GET", Functions, "ListFunctions")
            .Add("GET", Function, "GetFunction")
            .Add("DELETE", Function, "DeleteFunction", 204)
            .Add("GET", Function + "/configuration", "GetFunctionConfiguration")
            .Add("PUT", Function + "/configuration", "UpdateFunctionConfiguration")
            .Add("PUT", Function + "/code", "UpdateFunctionCode")
            .Add("GET", Function + "/policy", "GetPolicy")
            .Add("POST", Function + "/policy", "AddPermission", 201)
            .Add("DELETE", Function + "/policy/{StatementId}", "RemovePermission", 204)
            .Add("PUT", "/2017-10-31/functions/{FunctionName}/concurrency", "PutFunctionConcurrency")
            .Add("DELETE", "/2017-10-31/functions/{FunctionName}/concurrency", "DeleteFunctionConcurrency", 204)
            .Add("GET", "/2019-09-30/functions/{FunctionName}/concurrency", "GetFunctionConcurrency")
            .Add("GET", "/2017-03-31/tags/{Resource}", "ListTags")
            .Add("POST", "/2017-03-31/tags/{Resource}", "TagResource", 204)
            .Add("DELETE", "/2017-03-31/tags/{Resource}", "UntagResource", 204, "tagKeys")
            .Add("GET", "/2016-08-19/account-settings", "GetAccountSettings");
    }

    public string SigningName => "lambda";

    public string Service => "Lambda";

    public IEnumerable<string> Operations => [.. _operations.Names, "Invoke"];

    // Payloads are not the members of a JSON request: they go through as they are.
    public Task HandleAsync(Call call, HttpContext http) =>
        http.Request.Method == "POST" && http.Request.Path.Value?.Split('/', StringSplitOptions.RemoveEmptyEntries) is ["2015-03-31", "functions", var name, "invocations"]
            ? _invoke.HandleAsync(call, Uri.UnescapeDataString(name), http)
            : _routes.HandleAsync(call, http);
}
