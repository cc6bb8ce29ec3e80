using System.Xml.Linq;

namespace PipelineStacks.LocalCloud.Services.S3.Configuration;

/// <summary>The rules for lifecycle rules.</summary>
internal static class LifecycleCheck
{
    private static readonly string[] StorageClasses =
        ["STANDARD_IA", "ONEZONE_IA", "INTELLIGENT_TIERING", "GLACIER", "DEEP_ARCHIVE", "GLACIER_IR"];

    private static readonly string[] Actions =
        ["Expiration", "Transition", "NoncurrentVersionExpiration", "NoncurrentVersionTransition", "AbortIncompleteMultipartUpload"];

    private static readonly string[] PositiveNumbers = ["NoncurrentDays", "NewerNoncurrentVersions", "DaysAfterInitiation"];

    /// <summary>Checks, and gives a rule without an id one.</summary>
    public static void Run(XElement configuration)
    {
        var rules = configuration.Elements("Rule").ToList();
        if (rules.Count is 0 or > 1000)
            throw S3Errors.MalformedXml();
        foreach (var rule in rules)
            RunRule(rule);
        if (rules.Select(rule => rule.Element("ID")!.Value).Distinct(StringComparer.Ordinal).Count() < rules.Count)
            throw Invalid("Rule ID must be unique. Found same ID for more than one rule");
        _ = LifecycleRule.Read(configuration);
    }

    private static void RunRule(XElement rule)
    {
        ConfigurationKinds.OneOf(rule.Element("Status"), "Enabled", "Disabled");
        if (rule.Element("Filter") is null && rule.Element("Prefix") is null)
            throw S3Errors.MalformedXml();
        if (!rule.Elements().Any(element => Actions.Contains(element.Name.LocalName)))
            throw S3Errors.InvalidRequest("At least one action needs to be specified in a rule");
        if (string.IsNullOrEmpty(rule.Element("ID")?.Value))
        {
            rule.Element("ID")?.Remove();
            rule.AddFirst(new XElement("ID", Guid.NewGuid().ToString()));
        }

        if (rule.Element("ID")!.Value.Length > 255)
            throw Invalid("ID length should not exceed allowed limit of 255");
        foreach (var action in rule.Elements("Expiration").Concat(rule.Elements("Transition")))
            RunAction(action);
        foreach (var storageClass in rule.Descendants("StorageClass"))
            ConfigurationKinds.OneOf(storageClass, StorageClasses);
        foreach (var number in rule.Descendants().Where(element => PositiveNumbers.Contains(element.Name.LocalName)))
            if (int.Parse(number.Value, System.Globalization.CultureInfo.InvariantCulture) < 1)
                throw Invalid($"'{number.Name.LocalName}' for {number.Parent!.Name.LocalName} action must be a positive integer");
    }

    private static void RunAction(XElement action)
    {
        if (action.Elements().Count(element => element.Name.LocalName is "Days" or "Date" or "ExpiredObjectDeleteMarker") != 1)
            throw S3Errors.MalformedXml();
        var least = action.Name == "Transition" ? 0 : 1;
        if (action.Element("Days") is { } days && int.Parse(days.Value, System.Globalization.CultureInfo.InvariantCulture) < least)
            throw Invalid($"'Days' for {action.Name.LocalName} action must be a positive integer");
        if (LifecycleTime.Read(action)?.Date is { } date && date.TimeOfDay != TimeSpan.Zero)
            throw Invalid("'Date' must be at midnight GMT");
    }

    private static S3Exception Invalid(string message) => new("InvalidArgument", message, 400);
}
