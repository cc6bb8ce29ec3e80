namespace PipelineStacks.Model.Settings;

/// <summary>Finds what somebody meant to type.</summary>
public static class Spelling
{
    /// <summary>The known word nearest to <paramref name="word"/>, or null where none is near.</summary>
    public static string? Closest(string word, IEnumerable<string> known)
    {
        var best = known.Select(candidate => (candidate, distance: Distance(word.ToLowerInvariant(), candidate.ToLowerInvariant())))
            .OrderBy(pair => pair.distance)
            .FirstOrDefault((candidate: "", distance: int.MaxValue));
        return best.distance <= Allowed(word.Length) ? best.candidate : null;
    }

    // In a word of three letters, two others make a different word.
    private static int Allowed(int length) => length < 4 ? 1 : Math.Max(2, length / 3);

    // Levenshtein's distance, one row of its matrix at a time.
    private static int Distance(string left, string right)
    {
        var row = Enumerable.Range(0, right.Length + 1).ToArray();
        for (var i = 1; i <= left.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var above = row[j];
                row[j] = Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (left[i - 1] == right[j - 1] ? 0 : 1));
                diagonal = above;
            }
        }
        return row[right.Length];
    }
}
