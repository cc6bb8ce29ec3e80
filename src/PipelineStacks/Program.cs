using Amazon.CDK;
using PipelineStacks;
using PipelineStacks.Model.Datasets;
using PipelineStacks.Model.Settings;

// No analytics: a template should hold what the project asked for and nothing else.
var app = new App(new AppProps { AnalyticsReporting = false });
try
{
    var settings = Context.Read(app);
    PipelineApp.Build(app, settings.Environments, DatasetCatalog.All, settings.Delivery);
    app.Synth();
    return 0;
}
catch (Exception e) when (e is SettingsException or DatasetException)
{
    await Console.Error.WriteLineAsync(e.Message);
    return 1;
}
