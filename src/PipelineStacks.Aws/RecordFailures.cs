using System.Text.Json;

namespace PipelineStacks.Aws;

/// <summary>Reads the answers of the batch calls, which name every record's outcome, without making an object of each.</summary>
internal static class RecordFailures
{
    /// <param name="countMember">The member that counts the failures: most answers have none, and the rest need not be read.</param>
    /// <param name="recordsMember">The member that lists the outcomes.</param>
    public static IReadOnlyList<RecordFailure> Read(ReadOnlySpan<byte> answer, string countMember, string recordsMember)
    {
        var json = new Utf8JsonReader(answer);
        List<RecordFailure> failures = [];
        while (json.Read())
        {
            if (json.TokenType != JsonTokenType.PropertyName)
                continue;
            if (json.CurrentDepth == 1 && json.ValueTextEquals(countMember))
            {
                json.Read();
                if (json.GetInt32() == 0)
                    return [];
            }
            else if (json.CurrentDepth == 1 && json.ValueTextEquals(recordsMember))
            {
                ReadOutcomes(ref json, failures);
            }
            else
            {
                json.Skip();
            }
        }

        return failures;
    }

    private static void ReadOutcomes(ref Utf8JsonReader json, List<RecordFailure> failures)
    {
        json.Read();
        var depth = json.CurrentDepth;
        string? code = null, message = null;
        for (var index = 0; json.Read() && json.CurrentDepth > depth;)
        {
            if (json.TokenType == JsonTokenType.EndObject)
            {
                if (code is not null)
                    failures.Add(new RecordFailure(index, code, message ?? ""));
                (code, message) = (null, null);
                index++;
            }
            else if (json.TokenType == JsonTokenType.PropertyName)
            {
                var (isCode, isMessage) = (json.ValueTextEquals("ErrorCode"), json.ValueTextEquals("ErrorMessage"));
                json.Read();
                if (isCode)
                    code = json.GetString();
                else if (isMessage)
                    message = json.GetString();
            }
        }
    }
}
