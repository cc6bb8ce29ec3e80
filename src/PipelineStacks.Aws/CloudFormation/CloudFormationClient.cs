using System.Globalization;
using System.Xml.Linq;
using PipelineStacks.Aws.Calling;

namespace PipelineStacks.Aws.CloudFormation;

/// <summary>AWS CloudFormation.</summary>
public sealed class CloudFormationClient(AwsSettings settings) : IDisposable
{
    private readonly AwsQueryClient _client = new(new ServiceDescription("CloudFormation", "cloudformation", "2010-05-15"), settings);

    /// <summary>A stack by name, or null if there is none.</summary>
    public async Task<Stack?> FindStackAsync(string name, CancellationToken cancel)
    {
        try
        {
            var result = await _client.CallAsync("DescribeStacks", [("StackName", name)], cancel);
            return result.Element("Stacks")?.Elements("member").Select(Read).FirstOrDefault();
        }
        catch (AwsException error) when (error.Code == "ValidationError" && error.Reason.Contains("does not exist", StringComparison.Ordinal))
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    private static Stack Read(XElement member)
    {
        var outputs = member.Element("Outputs")?.Elements("member")
            .ToDictionary(output => (string)output.Element("OutputKey")!, output => (string)output.Element("OutputValue")!, StringComparer.Ordinal) ?? [];
        var changed = (string?)member.Element("LastUpdatedTime") ?? (string?)member.Element("CreationTime") ?? throw new FormatException("DescribeStacks gave a stack without its time.");
        return new Stack(
            (string)member.Element("StackName")!,
            (string)member.Element("StackStatus")!,
            DateTimeOffset.Parse(changed, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal),
            (string?)member.Element("StackStatusReason"),
            outputs);
    }
}
