using System.Text;
using System.Text.Json.Nodes;
using PipelineStacks.Cli.Templates;
using PipelineStacks.Model.Datasets;

namespace PipelineStacks.Cli.Verify.Probes;

/// <summary>Makes a dataset's sample records a run's own: by their keys, their day, and whatever else is given.</summary>
internal static class MarkedRecords
{
    /// <param name="own">Keys of the JSON record with the values that they get, by the record's number.</param>
    public static IReadOnlyList<string> Make(string template, int count, IReadOnlyDictionary<string, Func<int, JsonNode>> own, TimeProvider time)
    {
        var parsed = RecordTemplate.Parse(template);
        var draws = new Draws(time, (ulong)Random.Shared.NextInt64());
        var buffer = new RecordBuffer();
        List<string> records = [];
        for (var i = 1; i <= count; i++)
        {
            buffer.Length = 0;
            parsed.Render(buffer, draws);
            var record = (JsonObject)JsonNode.Parse(Encoding.UTF8.GetString(buffer.Written))!;
            foreach (var (key, value) in own)
                record[key] = value(i);
            records.Add(record.ToJsonString());
        }

        return records;
    }

    /// <summary>What a dataset's records get whose key is one text.</summary>
    public static Dictionary<string, Func<int, JsonNode>> Own(Dataset dataset, RunMark mark) => new(StringComparer.Ordinal)
    {
        [Column(dataset, dataset.Key.Single()).Key] = i => mark.Id(i),
        [Column(dataset, dataset.Partition!.Of).Key] = i => mark.Time(i),
    };

    private static Column Column(Dataset dataset, string name) => dataset.Columns.Single(column => column.Name == name);
}
