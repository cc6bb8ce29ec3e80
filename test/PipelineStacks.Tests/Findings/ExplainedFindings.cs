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
        new("AwsSolutions-IAM4", "Dms",
            "DMS's documentation makes these very policies the condition for its roles in an account, and AWS extends them when DMS does more."),
        new("AwsSolutions-IAM5", "QuarantineRole",
            "The topic rules name each rejected message's object by the day and a new UUID; the wildcard is bound to the dataset's own folder of quarantine."),
        new("AwsSolutions-IAM5", "LoggingRole",
            "AWS IoT logs to one group whose name is AWS's, and names the streams in it."),
        new("AwsSolutions-IAM5", "AdminRole",
            "Lambda's network interfaces have no ARN before they exist; the other wildcard is the prefix where a sample database's files lie."),
        new("AwsSolutions-IAM5", "TargetRole",
            "DMS chooses the names of the files that it writes, and of the tables by which it validates; each wildcard is bound to a prefix."),
        new("AwsSolutions-SMG4", "Secret",
            "A ready-made rotation deploys a function from somebody else's account. The administrator's password is rotated by RDS where the "
            + "settings ask for it; that of DMS's user is renewed by changing the secret and preparing the database again."),
        new("AwsSolutions-RDS3", "DatabaseInstance",
            "Without a standby only outside of prod, where a database that is away for an hour stops nobody; see database.multiAz."),
        new("AwsSolutions-RDS10", "DatabaseInstance",
            "Without protection from deletion only outside of prod, where environments come and go; a last snapshot stays all the same."),
        new("AwsSolutions-RDS11", "DatabaseInstance",
            "Another port hides nothing: the database has no way in but from one security group in a network without internet."),
        new("AwsSolutions-IAM5", "SqlRole",
            "Names of files are chosen by Spark, DMS and Firehose, each wildcard is bound to a table's or pipeline's prefix; Glue names its log groups by "
            + "role and security configuration; and CloudWatch's call for metrics takes no resource, so that a condition bounds it to Glue's namespaces."),
        new("AwsSolutions-IAM5", "CrawlRole",
            "Names of files are chosen by whoever drops them, under the one prefix; Glue names the crawlers' log group by role and security configuration."),
        new("W3005", "AdminFunction",
            "The CDK's construct for functions adds the dependency on the role; it says what CloudFormation knows, and does no harm."),
    ];
}
