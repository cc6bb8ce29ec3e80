using Constructs;
using PipelineStacks.AccountBaseline;
using PipelineStacks.Model.Settings;

namespace PipelineStacks.Stacks;

/// <summary>
/// What an account needs once. It is a stack of the environment that asks for it, and not of the app, so that <c>cdk deploy "Qa/*"</c> is all that
/// an account of its own takes; <c>replication.accountRoles</c> switches it off in the others of a shared account.
/// </summary>
public sealed class AccountBaselineStack : EnvironmentStack
{
    /// <summary>Creates the roles of DMS.</summary>
    public AccountBaselineStack(Construct scope, EnvironmentSettings settings)
        : base(scope, "AccountBaseline", new Names(settings.Name).AccountBaselineStack, "The roles under which DMS works in the account", settings) =>
        new ReplicationRoles(this, "Dms");
}
