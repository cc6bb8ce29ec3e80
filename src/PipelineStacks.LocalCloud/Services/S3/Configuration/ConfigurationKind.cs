using System.Xml.Linq;

namespace PipelineStacks.LocalCloud.Services.S3.Configuration;

/// <summary>A sub-resource of a bucket that is set and read as a whole.</summary>
/// <param name="Subresource">The name in the query.</param>
/// <param name="Permission">What follows <c>s3:Get</c> and <c>s3:Put</c> in policies.</param>
/// <param name="Root">The root element.</param>
/// <param name="Elements">All elements that may stand below it; another one is refused by name.</param>
internal sealed record ConfigurationKind(string Subresource, string Permission, string Root, params string[] Elements)
{
    public bool CanDelete { get; init; } = true;

    /// <summary>The answer while nothing is set; null where that is an error.</summary>
    public Func<XElement>? Unset { get; init; }

    /// <summary>The error while nothing is set.</summary>
    public (string Code, string Message)? Missing { get; init; }

    /// <summary>Checks beyond the elements' names. May complete the configuration.</summary>
    public Action<XElement> Check { get; init; } = _ => { };

    /// <summary>The configuration as it is stored.</summary>
    public string Checked(XElement configuration)
    {
        if (configuration.Name != Root)
            throw S3Errors.MalformedXml();
        foreach (var element in configuration.Descendants())
            if (!Elements.Contains(element.Name.LocalName))
                throw S3Errors.Unsupported($"{element.Name.LocalName} of {Root}");
        try
        {
            Check(configuration);
        }
        catch (Exception error) when (error is FormatException or OverflowException or NullReferenceException or ArgumentException)
        {
            throw S3Errors.MalformedXml();
        }

        return configuration.ToString(SaveOptions.DisableFormatting);
    }
}
