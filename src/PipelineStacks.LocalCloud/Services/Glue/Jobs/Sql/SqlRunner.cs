using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.Services.Athena.Tables;
using PipelineStacks.LocalCloud.Services.Glue.Quality;
using PipelineStacks.LocalCloud.Services.S3;

namespace PipelineStacks.LocalCloud.Services.Glue.Jobs.Sql;

/// <summary>Does what <c>run_sql.py</c> does on Spark: SQL files one after the other, then rulesets, then the bookmark.</summary>
internal sealed class SqlRunner(UnitRun units, JobBookmarks bookmarks, IObjectStore store, IEnumerable<IRulesets> quality)
{
    /// <exception cref="JobFailedException">Names everything that failed.</exception>
    public async Task<JobCounts> RunAsync(JobWork work, CancellationToken stop)
    {
        var faults = new List<string>();
        var arguments = RunArguments.Parse(work.Arguments, faults);
        var files = faults.Count > 0 ? [] : await ReadAsync(arguments.Sql, work, faults, stop);
        if (faults.Count > 0)
            throw new JobFailedException(string.Join('\n', faults));

        var bookmark = bookmarks.Of(work.Job);
        var seen = new Dictionary<string, IReadOnlyDictionary<string, string>>(bookmark.Seen, StringComparer.Ordinal);
        var isRead = arguments.Bookmark is not "job-bookmark-disable";
        var (failed, failures, bytes) = (new HashSet<ZoneTable>(), new List<string>(), 0L);
        foreach (var file in files)
        {
            if (file.Tables.Append(file.Increment ?? file.Target).FirstOrDefault(failed.Contains) is { Name: { } } broken)
            {
                Fail(file, $"skipped, since it reads {broken}, whose own SQL failed");
                continue;
            }

            try
            {
                var unit = $"{file.Target} from {file.Increment}";
                var outcome = await units.RunAsync(file, arguments, work, isRead && seen.TryGetValue(unit, out var known) ? known : new Dictionary<string, string>(), stop);
                bytes += outcome.BytesRead;
                if (outcome.Seen is not null)
                    seen[unit] = outcome.Seen;
                work.Log.Output(outcome.IsSkipped
                    ? $"{file.Label}: skipped, since {file.Increment} does not exist yet"
                    : $"{file.Label}: wrote {outcome.Rows} rows in {outcome.Partitions} partitions"
                    + (file.Rejects is null ? "" : $", and the rejects of {outcome.RejectFiles} files to quarantine"));
            }
            catch (Exception error) when (error is UnitException or ServiceException)
            {
                Fail(file, error.Message);
            }
        }

        if (failures.Count == 0)
            failures.AddRange(Evaluate(arguments.Rulesets, work, stop));
        if (failures.Count > 0)
            throw new JobFailedException(string.Join('\n', failures), new(files.Count - failed.Count, failures.Count, bytes));
        if (arguments.Bookmark is RunArguments.BookmarkEnabled)
            bookmarks.Commit(work.Job, bookmark.Entry.Version, work.Run, seen);
        return new(files.Count + arguments.Rulesets.Count, 0, bytes);

        void Fail(SqlFile file, string message)
        {
            failed.Add(file.Target);
            failures.Add($"{file.Label}: {message}");
            work.Log.Output(failures[^1]);
        }
    }

    private async Task<List<SqlFile>> ReadAsync(IReadOnlyList<string> uris, JobWork work, List<string> faults, CancellationToken stop)
    {
        var files = new List<SqlFile>();
        foreach (var uri in uris)
        {
            var location = S3Location.Parse(uri)!.Value;
            try
            {
                var found = store.Get(work.Call, location.Bucket, location.Prefix);
                if (SqlFile.Parse(RunArguments.NameOf(uri), await File.ReadAllTextAsync(found.File, stop), faults) is { } file)
                    files.Add(file);
            }
            catch (ServiceException error)
            {
                faults.Add($"{uri} can't be read: {error.Message} ({error.Code})");
            }
        }

        foreach (var target in files.GroupBy(file => file.Target).Where(group => group.Count() > 1))
            faults.Add($"{string.Join(" and ", target.Select(file => file.Name))} have the same target {target.Key}");
        return files;
    }

    private IEnumerable<string> Evaluate(IReadOnlyList<string> names, JobWork work, CancellationToken stop)
    {
        if (names.Count == 0)
            return [];
        if (quality.FirstOrDefault() is not { } rulesets)
            return [$"rulesets {string.Join(", ", names)}: this local cloud has no Data Quality"];
        try
        {
            return [.. rulesets.Evaluate(work.Call, work.Stored.Role, names, stop).SelectMany(outcome => Broken(outcome, work))];
        }
        catch (ServiceException error)
        {
            return [$"rulesets {string.Join(", ", names)}: {error.Message} ({error.Code})"];
        }
    }

    private static IReadOnlyList<string> Broken(RulesetOutcome outcome, JobWork work)
    {
        if (outcome.IsEmpty)
        {
            work.Log.Output($"ruleset {outcome.Ruleset}: {outcome.Database}.{outcome.Table} has no rows, which break no rule");
            return [];
        }

        if (outcome.Error is not null)
            return [$"ruleset {outcome.Ruleset}: {outcome.Error}"];
        var broken = outcome.Rules.Where(rule => rule.Result != "PASS").ToList();
        work.Log.Output($"ruleset {outcome.Ruleset} on {outcome.Database}.{outcome.Table}: {outcome.Rules.Count - broken.Count} of {outcome.Rules.Count} rules hold");
        return [.. broken.Select(rule => $"ruleset {outcome.Ruleset}: {rule.Name} ({rule.Rule}) is {rule.Result}: {rule.Message}")];
    }
}
