using PipelineStacks.LocalCloud.Calls;

namespace PipelineStacks.LocalCloud.Services.SecretsManager;

/// <summary>A service that keeps secrets of its own and rotates them without a function.</summary>
internal interface IManagedSecretOwner
{
    /// <summary>As descriptions of secrets name it: <c>rds</c>.</summary>
    string Service { get; }

    /// <summary>Gives the secret a new value, and whatever it opens as well.</summary>
    /// <returns>The new version's id.</returns>
    ValueTask<string> RotateAsync(Call call, SecretState secret);
}
