namespace PipelineStacks.Model.Settings;

/// <summary>Settings with a rule between them, beside the limits of each.</summary>
internal interface IChecked
{
    IEnumerable<SettingsError> Check(string path);
}

/// <summary>A property that doesn't come from the environment's own JSON.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class NotASettingAttribute : Attribute;
