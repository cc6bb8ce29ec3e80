using Microsoft.Extensions.Hosting;
using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.State;

namespace PipelineStacks.LocalCloud.Services.Lambda;

/// <summary>The functions of all accounts and Regions.</summary>
internal sealed class FunctionStore(StateStore state, CodeStore code, TimeProvider time) : IHostedService
{
    private readonly StateCollection<FunctionState> _functions = state.Open<FunctionState>("lambda", "functions");

    /// <summary>Tells of functions whose processes must not be used any more: they were changed or deleted.</summary>
    public event Action<ResourceKey>? Changed;

    public static ResourceKey KeyOf(Call call, string name) => new(call.Account, call.Region, name);

    public IEnumerable<FunctionState> In(string account, string region) => _functions.In(account, region);

    public void Add(Call call, FunctionState function)
    {
        if (!_functions.TryAdd(KeyOf(call, function.Name), Revised(function)))
            throw LambdaErrors.Conflict($"Function already exist: {function.Name}");
    }

    /// <summary>Passes the authoriser and finds the function.</summary>
    /// <exception cref="ServiceException"><c>ResourceNotFoundException</c>, for versions and aliases as well: there are none here.</exception>
    public FunctionState Find(Call call, string action, string nameOrArn, string? qualifier = null)
    {
        var (name, suffix) = FunctionName.Parse(call, nameOrArn);
        var arn = FunctionName.ArnOf(call, name);
        call.Authorize(action, arn);
        if ((qualifier ?? suffix) is { } version and not "$LATEST")
            throw LambdaErrors.NotFound($"{arn}:{version}");
        return _functions.TryGet(KeyOf(call, name), out var function) ? function : throw LambdaErrors.NotFound(arn);
    }

    /// <summary>Changes what the function runs or runs with.</summary>
    /// <param name="revisionId">The revision that the caller expects to change; null for any.</param>
    public FunctionState Change(Call call, string action, string nameOrArn, string? revisionId, Func<FunctionState, FunctionState> change)
    {
        var name = Find(call, action, nameOrArn).Name;
        var key = KeyOf(call, name);
        var changed = _functions.Update(key, function => revisionId is null || revisionId == function.RevisionId
            ? Revised(change(function))
            : throw LambdaErrors.WrongRevision());
        Changed?.Invoke(key);
        return changed ?? throw LambdaErrors.NotFound(FunctionName.ArnOf(call, name));
    }

    /// <summary>Changes what does not concern its processes, such as tags.</summary>
    public FunctionState Describe(Call call, string action, string nameOrArn, Func<FunctionState, FunctionState> change)
    {
        var name = Find(call, action, nameOrArn).Name;
        return _functions.Update(KeyOf(call, name), change) ?? throw LambdaErrors.NotFound(FunctionName.ArnOf(call, name));
    }

    public void Remove(Call call, string name)
    {
        _functions.Remove(KeyOf(call, name));
        Changed?.Invoke(KeyOf(call, name));
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        code.Sweep(_functions.All.Select(item => item.Value.Code));
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private FunctionState Revised(FunctionState function) =>
        function with { LastModified = time.GetUtcNow(), RevisionId = Guid.NewGuid().ToString() };
}
