using PipelineStacks.LocalCloud.Calls;

namespace PipelineStacks.LocalCloud.Services.Glue.Quality;

/// <summary>Data Quality for the jobs inside the cloud, whose runner evaluates rulesets.</summary>
internal interface IRulesets
{
    /// <summary>
    /// Makes an evaluation run of each ruleset over its target table and returns when all have ended, in the order of the names.
    /// It takes none of the cloud's time, so it can be asked for within work on the clock. Runs and results are kept as the API's are.
    /// </summary>
    /// <remarks>A table without rows is evaluated only where a rule counts rows: what else is measured of nothing would break every rule.</remarks>
    /// <param name="role">The job's, which the runs read the tables as.</param>
    /// <exception cref="ServiceException"><c>EntityNotFoundException</c>: no such ruleset; <c>InvalidInputException</c>: it has no target table.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    IReadOnlyList<RulesetOutcome> Evaluate(Call call, string role, IReadOnlyList<string> rulesets, CancellationToken stop);
}

/// <summary>What came of a ruleset.</summary>
/// <param name="ResultId">For GetDataQualityResult; null where the run failed before there was one.</param>
/// <param name="RunId">Empty where nothing was evaluated.</param>
/// <param name="Error">Why the run failed: the table can't be read; null where it was evaluated.</param>
internal sealed record RulesetOutcome(
    string Ruleset, string Database, string Table, string RunId, string? ResultId, double Score, IReadOnlyList<RuleOutcome> Rules, string? Error)
{
    public bool IsEmpty => RunId.Length == 0;

    public bool Passed => Error is null && Rules.All(rule => rule.Result == "PASS");
}

/// <param name="Name">As results name it: <c>Rule_1</c>.</param>
/// <param name="Rule">The rule's DQDL.</param>
/// <param name="Result">PASS, FAIL or ERROR.</param>
/// <param name="Message">Why it did not pass.</param>
internal sealed record RuleOutcome(string Name, string Rule, string Result, string? Message);
