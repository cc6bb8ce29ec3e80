using PipelineStacks.Model;
using PipelineStacks.Model.Settings;

namespace PipelineStacks.Cli.Bootstrap;

/// <summary>An account and Region to bootstrap, once before the first deployment.</summary>
/// <param name="Account">Null for that of whoever deploys, as the settings leave it.</param>
/// <param name="Region">Null for that of whoever deploys.</param>
/// <param name="Trusts">The account whose delivery deploys to this one, where there is one.</param>
/// <param name="UsedBy">The environments, and the delivery, that go there.</param>
internal sealed record BootstrapTarget(string? Account, string? Region, string? Trusts, IReadOnlyList<string> UsedBy)
{
    /// <summary>What stands in commands where the settings leave it to whoever deploys.</summary>
    public const string AnyAccount = "$(aws sts get-caller-identity --query Account --output text)";

    private const string PolicyName = $"{Names.Project}-cloudformation-execution";

    /// <summary>Makes the policy under which CloudFormation acts. Policies are the same in all of an account's Regions.</summary>
    public const string PolicyCommand = $"aws iam create-policy --policy-name {PolicyName} --policy-document file://{PolicyName}.json";

    private string AccountOrCallers => Account ?? AnyAccount;

    /// <summary>Bootstraps.</summary>
    public string BootstrapCommand
    {
        get
        {
            var place = $"aws://{AccountOrCallers}/{Region ?? "${AWS_REGION:?}"}";
            var trust = Trusts is null || Trusts == Account ? "" : $" --trust {Trusts}";
            return $"npx cdk bootstrap {place}{trust} --cloudformation-execution-policies arn:aws:iam::{AccountOrCallers}:policy/{PolicyName}";
        }
    }

    /// <summary>The targets of the settings: the delivery's own place first, then those of the environments in their order.</summary>
    public static IReadOnlyList<BootstrapTarget> Of(ProjectSettings settings)
    {
        var delivery = settings.Delivery;
        var uses = settings.Environments.Select(environment => (environment.Account, environment.Region, environment.Name));
        if (delivery is not null)
            uses = uses.Prepend((delivery.Account, delivery.Region, "delivery"));
        return
        [
            .. uses.GroupBy(use => (use.Account, use.Region), use => use.Name).Select(place => new BootstrapTarget(
                place.Key.Account,
                place.Key.Region,
                delivery is not null && place.Any(delivery.Stages.Contains) ? delivery.Account : null,
                [.. place])),
        ];
    }
}
