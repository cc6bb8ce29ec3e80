using System.Text;
using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.Services.Firehose.Contracts;

namespace PipelineStacks.LocalCloud.Services.Firehose.Delivery;

/// <summary>The processor that puts a delimiter after each record; without it Firehose adds none.</summary>
internal static class RecordDelimiter
{
    public const string Processor = "AppendDelimiterToRecord";

    public static void Check(Processor processor)
    {
        foreach (var parameter in processor.Parameters ?? [])
        {
            if (parameter.ParameterName != "Delimiter")
                throw ServiceException.Unsupported($"The parameter {parameter.ParameterName} of the processor {Processor}");
        }
    }

    public static byte[] Of(ProcessingConfiguration? processing)
    {
        if (processing is not { Enabled: not false, Processors: { } processors } || processors.FirstOrDefault(one => one.Type == Processor) is not { } found)
            return [];
        // The API takes the two characters \n for a newline.
        var delimiter = found.Parameters is [var first, ..] ? first.ParameterValue : "\\n";
        return Encoding.UTF8.GetBytes(delimiter.Replace("\\n", "\n", StringComparison.Ordinal));
    }
}
