namespace PipelineStacks.Tests.Findings;

/// <summary>A finding that was looked at and stays.</summary>
/// <param name="Rule">As the tool names it; what follows in brackets is left out.</param>
/// <param name="Resource">A part of the logical id.</param>
/// <param name="Reason">Why it stays: something that is true of this resource and not of findings in general.</param>
internal sealed record ExplainedFinding(string Rule, string Resource, string Reason);

/// <summary>Every finding of the two tools that stays, in every environment. One that is no longer found must go.</summary>
internal static class ExplainedFindings
{
    public static readonly ExplainedFinding[] All =
    [
        new("AwsSolutions-IAM5", "DeliveryFirehoseRole",
            "Firehose chooses the names of the objects that it writes; each wildcard is bound to the dataset's own prefix in one bucket."),
        new("AwsSolutions-KDS3", "Stream",
            "The rule asks for AWS's own key. The stream has the environment's key, which rotates, so that who may read data is decided in one "
            + "key policy; the key is shared by all data and costs one dollar a month."),
        new("AwsSolutions-KDF1", "DeliveryDeliveryStream",
            "Server-side encryption is for delivery streams that are written to directly; this one reads a data stream, which is encrypted."),
    ];
}
