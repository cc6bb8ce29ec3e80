namespace PipelineStacks.Cli.Templates.Modules;

/// <summary><c>system.*</c>, <c>image.*</c> and <c>database.*</c></summary>
internal static class SystemModule
{
    public static readonly Method[] All =
    [
        Method.Text("system.fileName", faker => faker.System.FileName()),
        Method.Text("system.commonFileName", faker => faker.System.CommonFileName()),
        Method.Text("system.mimeType", faker => faker.System.MimeType()),
        Method.Text("system.commonFileType", faker => faker.System.CommonFileType()),
        Method.Text("system.commonFileExt", faker => faker.System.CommonFileExt()),
        Method.Text("system.fileType", faker => faker.System.FileType()),
        Method.Text("system.fileExt", faker => faker.System.FileExt()),
        Method.Text("system.directoryPath", faker => faker.System.DirectoryPath()),
        Method.Text("system.filePath", faker => faker.System.FilePath()),
        Method.Text("system.semver", faker => faker.System.Semver()),
        Method.Text("image.image", faker => faker.Image.PicsumUrl()),
        Method.Text("image.imageUrl", faker => faker.Image.PicsumUrl()),
        Method.Text("image.avatar", faker => faker.Internet.Avatar()),
        Method.Text("database.column", faker => faker.Database.Column()),
        Method.Text("database.type", faker => faker.Database.Type()),
        Method.Text("database.collation", faker => faker.Database.Collation()),
        Method.Text("database.engine", faker => faker.Database.Engine()),
    ];
}
