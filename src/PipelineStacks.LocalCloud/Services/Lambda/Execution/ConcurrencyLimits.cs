using PipelineStacks.LocalCloud.State;

namespace PipelineStacks.LocalCloud.Services.Lambda.Execution;

/// <summary>How many invocations run at a time: per function as it reserves, and per account and Region.</summary>
internal sealed class ConcurrencyLimits
{
    /// <summary>The quota that AWS gives new accounts; every invocation is a process of this machine.</summary>
    public const int Account = 50;

    private readonly Dictionary<ResourceKey, int> _running = [];

    /// <returns>What ends the invocation's count; null where the function is throttled.</returns>
    public IDisposable? TryEnter(ResourceKey function, int? reserved, out int concurrency)
    {
        lock (_running)
        {
            concurrency = _running.GetValueOrDefault(function) + 1;
            var all = _running.Where(pair => pair.Key.Account == function.Account && pair.Key.Region == function.Region).Sum(pair => pair.Value);
            if (concurrency > (reserved ?? Account) || all >= Account)
                return null;
            _running[function] = concurrency;
            return new Running(this, function);
        }
    }

    private void Leave(ResourceKey function)
    {
        lock (_running)
            if (--_running[function] == 0)
                _running.Remove(function);
    }

    private sealed class Running(ConcurrencyLimits limits, ResourceKey function) : IDisposable
    {
        public void Dispose() => limits.Leave(function);
    }
}
