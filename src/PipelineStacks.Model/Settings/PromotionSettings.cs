namespace PipelineStacks.Model.Settings;

/// <summary>
/// The way of a commit through the environments, <c>context.delivery</c> of cdk.json. Without it there is no stack Delivery, and environments are
/// deployed by people.
/// </summary>
public sealed record PromotionSettings : IChecked
{
    /// <summary>The AWS account in which the pipeline runs.</summary>
    /// <value>None by default; needed.</value>
    [Shaped("[0-9]{12}", "the 12 digits of an account as text")]
    public string? Account { get; init; }

    /// <summary>The AWS Region in which the pipeline runs, and to which it deploys.</summary>
    /// <value>None by default; needed.</value>
    [Shaped("[a-z]{2}(-[a-z]+)+-[0-9]", "a Region such as eu-west-1")]
    public string? Region { get; init; }

    /// <summary>Where the commits come from.</summary>
    public CommitSourceSettings Source { get; init; } = new();

    /// <summary>The environments to deploy to, one after the other. Somebody approves before the last one.</summary>
    /// <value>qa and prod by default.</value>
    [Shaped("[a-z][a-z0-9]{0,11}", "names of environments such as qa and prod")]
    public IReadOnlyList<string> Stages { get; init; } = ["qa", "prod"];

    /// <summary>Whether the verification sends known records through the last stage as well. Otherwise it only looks at what is there.</summary>
    /// <value>false by default.</value>
    public bool TestDataInLastStage { get; init; }

    /// <summary>What starts the pipeline.</summary>
    /// <value><c>push</c> by default.</value>
    public PromotionTrigger Trigger { get; init; } = PromotionTrigger.Push;

    /// <summary>When it starts by the clock, in UTC.</summary>
    /// <value>None by default; needed with the trigger <c>schedule</c>, refused with others.</value>
    [Shaped("cron\\([^ ()]+( [^ ()]+){5}\\)", "a schedule of six fields such as cron(0 6 ? * MON-FRI *)")]
    public string? Schedule { get; init; }

    /// <summary>Who is told of failures and of promotions that wait for approval, by e-mail.</summary>
    /// <value>Nobody by default.</value>
    [Shaped("[^@\\s]+@[^@\\s.]+(\\.[^@\\s.]+)+", "e-mail addresses such as data-team@example.com")]
    public IReadOnlyList<string> Notify { get; init; } = [];

    /// <summary>Days that what a run of the pipeline hands on stays, and the reports for its approvals.</summary>
    /// <value>30 by default.</value>
    [Between(7, 3650, "days")]
    public int ArtifactDays { get; init; } = 30;

    /// <summary>Tags for the stack and its resources, beside <c>project</c> and <c>environment</c>.</summary>
    /// <value>None by default.</value>
    [Tags]
    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    IEnumerable<SettingsError> IChecked.Check(string path)
    {
        if (Account is null)
            yield return new($"{path}.account", null, "missing", "Give the 12 digits of the account in which the pipeline runs.");
        if (Region is null)
            yield return new($"{path}.region", null, "missing", "Give the Region in which the pipeline runs, such as eu-west-1.");
        if (Source.ConnectionArn is null && Source.CodeCommitRepository is null)
            yield return new($"{path}.source", null, "missing", "Give an object with a connectionArn and a repository, or with a codeCommitRepository.");
        if (Stages.Count == 0)
            yield return new($"{path}.stages", "[]", "no stages", "Give the environments to deploy to, such as [\"qa\", \"prod\"].");
        if (Trigger == PromotionTrigger.Schedule && Schedule is null)
            yield return new($"{path}.schedule", null, "missing, and the trigger is a schedule", "Give one such as \"cron(0 6 ? * MON-FRI *)\".");
        if (Trigger != PromotionTrigger.Schedule && Schedule is { } schedule)
            yield return new($"{path}.schedule", $"\"{schedule}\"", "not used by this trigger", "Remove it, or set trigger to \"schedule\".");
    }

    /// <summary>What must be so between the pipeline and the environments that it deploys to.</summary>
    internal IEnumerable<SettingsError> Check(string path, IReadOnlyList<EnvironmentSettings> environments)
    {
        for (var i = 0; i < Stages.Count; i++)
        {
            var (stage, place) = (Stages[i], $"{path}.stages[{i}]");
            if (Stages.Take(i).Contains(stage))
                yield return new(place, $"\"{stage}\"", "a stage already", "Remove it.");
            else if (environments.FirstOrDefault(environment => environment.Name == stage) is not { } environment)
                yield return new(place, $"\"{stage}\"", "no environment", $"Give any of {string.Join(", ", environments.Select(known => known.Name))}.");
            else
            {
                foreach (var error in Check(environment))
                    yield return error;
            }
        }
    }

    private IEnumerable<SettingsError> Check(EnvironmentSettings environment)
    {
        var path = $"environments.{environment.Name}";
        if (environment.Account is null)
            yield return new($"{path}.account", null, "missing, and it is a stage of the delivery", "Give the 12 digits of the account to deploy to.");
        if (environment.Region is null)
            yield return new($"{path}.region", null, "missing, and it is a stage of the delivery", $"Give the Region of the delivery, \"{Region}\".");
        else if (environment.Region != Region)
            yield return new($"{path}.region", $"\"{environment.Region}\"", "not the Region of the delivery", $"Give \"{Region}\" here, or this Region to the delivery and all of its stages.");
    }
}

/// <summary>What starts the pipeline.</summary>
public enum PromotionTrigger
{
    /// <summary>Each push to the branch.</summary>
    Push,

    /// <summary>The clock: what was pushed until then goes together.</summary>
    Schedule,

    /// <summary>A person.</summary>
    Manual,
}
