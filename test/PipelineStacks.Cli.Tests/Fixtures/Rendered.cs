using System.Text;
using PipelineStacks.Cli.Templates;

namespace PipelineStacks.Cli.Tests.Fixtures;

/// <summary>Renders templates for tests.</summary>
internal static class Rendered
{
    public static string One(string template, TimeProvider? time = null, ulong seed = 1) => Many(template, 1, time, seed)[0];

    public static IReadOnlyList<string> Many(string template, int count, TimeProvider? time = null, ulong seed = 1)
    {
        var parsed = RecordTemplate.Parse(template);
        var draws = new Draws(time ?? new JumpingTime(), seed);
        var buffer = new RecordBuffer();
        var records = new List<string>();
        for (var i = 0; i < count; i++)
        {
            buffer.Length = 0;
            parsed.Render(buffer, draws);
            records.Add(Encoding.UTF8.GetString(buffer.Written));
        }

        return records;
    }
}
