using System.Text;
using FsCheck;
using FsCheck.Fluent;
using PipelineStacks.LocalCloud.Services.S3;
using PipelineStacks.LocalCloud.Services.S3.Storage;

namespace PipelineStacks.LocalCloud.Tests.S3;

public sealed class ListingPropertyTests
{
    // Few characters, so that prefixes and delimiters meet; with one below, one above U+FFFF and one that sorts differently in UTF-16.
    private static readonly string[] Pieces = ["a", "b", "/", "//", "ab", "\uFB01", "\U0001F600", "%", " "];

    private static Gen<string> Keys => Gen.Elements(Pieces).NonEmptyListOf().Select(pieces => string.Concat(pieces.Take(6)));

    [Fact]
    public void KeyOrder_AnyTwoKeys_IsTheOrderOfTheirUtf8Bytes() =>
        Prop.ForAll(Keys.Two().ToArbitrary(), pair =>
            Math.Sign(KeyOrder.Instance.Compare(pair.Item1, pair.Item2))
            == Math.Sign(Encoding.UTF8.GetBytes(pair.Item1).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(pair.Item2))))
                .QuickCheckThrowOnFailure();

    [Fact]
    public void Listing_PageByPage_EqualsTheSimpleModel()
    {
        var questions = from keys in Keys.ListOf()
                        from deleted in Keys.ListOf()
                        from prefix in Gen.Elements("", "a", "a/", "/", "ab", "\uFB01")
                        from delimiter in Gen.Elements("", "/", "b", "//")
                        from max in Gen.Choose(1, 5)
                        select (Keys: keys, Deleted: deleted, Prefix: prefix, Delimiter: delimiter, Max: max);

        Prop.ForAll(questions.ToArbitrary(), question =>
        {
            var contents = BucketContents.Empty;
            foreach (var key in question.Keys)
                contents = contents.Apply(new() { Put = new() { Key = key } }, []);
            foreach (var key in question.Deleted)
                contents = contents.Apply(new() { Put = new() { Key = key, VersionId = "m", DeleteMarker = true } }, []);

            AllPages(contents.Objects, question.Prefix, question.Delimiter, question.Max).ShouldBe(
                Model(question.Keys.Except(question.Deleted), question.Prefix, question.Delimiter));
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void VersionListing_PageByPage_ShowsEveryVersionOnceNewestFirst()
    {
        var puts = Gen.Elements("a", "b", "c/1", "c/2").ListOf()
            .Select(keys => keys.Select((key, i) => (Key: key, Version: $"v{i}")).ToList());
        Prop.ForAll(puts.ToArbitrary(), Gen.Choose(1, 3).ToArbitrary(), (versions, max) =>
        {
            var contents = BucketContents.Empty;
            foreach (var (key, version) in versions)
                contents = contents.Apply(new() { Put = new() { Key = key, VersionId = version } }, []);
            var listed = new List<(string, string)>();
            ListPosition? after = null;
            do
            {
                var page = Listing.Versions(contents.Objects, new("", "", after, max));
                listed.AddRange(page.Items.Select(item => (item.Version.Key, item.Version.VersionId)));
                after = page.Next;
            }
            while (after is not null);

            listed.ShouldBe(versions.AsEnumerable().Reverse().OrderBy(put => put.Key, StringComparer.Ordinal)
                .Select(put => (put.Key, put.Version)));
        }).QuickCheckThrowOnFailure();
    }

    private static List<string> AllPages(ObjectIndex index, string prefix, string delimiter, int max)
    {
        var all = new List<string>();
        ListPosition? after = null;
        do
        {
            var page = Listing.Objects(index, new(prefix, delimiter, after, max));
            (page.Items.Count + page.CommonPrefixes.Count).ShouldBeLessThanOrEqualTo(max);
            all.AddRange(page.Items.Select(item => item.Key).Concat(page.CommonPrefixes).Order(KeyOrder.Instance));
            after = page.Next;
        }
        while (after is not null);
        return all;
    }

    private static List<string> Model(IEnumerable<string> keys, string prefix, string delimiter) =>
    [
        .. keys.Where(key => key.StartsWith(prefix, StringComparison.Ordinal)).Select(key =>
        {
            var at = delimiter.Length == 0 ? -1 : key.IndexOf(delimiter, prefix.Length, StringComparison.Ordinal);
            return at < 0 ? key : key[..(at + delimiter.Length)];
        }).Distinct().Order(KeyOrder.Instance),
    ];
}
