using System.Text.Json;
using GossipSim.Engine.Protocol;
using GossipSim.RealNet.Security;
using GossipSim.Scenarios.CommandLine;
using NUnit.Framework;

namespace GossipSim.Tests.Scenarios.CommandLine;

/// <summary><c>keys</c>: files that only their owner can read, and errors that name them.</summary>
[TestFixture]
internal sealed class KeysCommandTests
{
    private static readonly NodeAddress seedNode = NodeAddress.Parse("127.0.0.1:6000");
    private static readonly NodeAddress peer = NodeAddress.Parse("127.0.0.1:7001");

    private ProgramRun program = null!;
    private KeyFolder folder = null!;

    [SetUp]
    public void MakeKeys()
    {
        program = new ProgramRun();
        folder = new KeyFolder(Path.Combine(program.Folder.Current, "keys"));
        Assert.That(
            program.Main("keys", "create", "keys", "--cluster", "lab", "--nodes", "127.0.0.1:6000,127.0.0.1:7000-7002"),
            Is.EqualTo(ExitCode.Held), program.Error);
    }

    [TearDown]
    public void RemoveFolder() => program.Dispose();

    [Test]
    public void A_node_finds_what_it_needs()
    {
        using var keys = folder.Load([peer], [seedNode]);

        Assert.That(keys.Trust.Cluster, Is.EqualTo("lab"));
        Assert.That(keys.Trust.KeyOf(seedNode), Is.Not.Null);
        var signature = new byte[NodeKeys.SignatureBytes];
        keys.Of(peer).Sign("text"u8, signature);
        Assert.That(keys.Trust.HasSigned(peer, "text"u8, signature), Is.True);
        Assert.That(keys.Trust.HasSigned(peer, "test"u8, signature), Is.False);
        Assert.That(keys.Trust.HasSigned(seedNode, "text"u8, signature), Is.False);
    }

    [Test]
    [Platform("Linux,MacOsX"), System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    public void Secrets_are_readable_for_their_owner_only_or_not_believed()
    {
        string[] secrets = [folder.AuthorityKey, folder.SharedKeys, folder.KeyOf(peer)];
        foreach (var secret in secrets)
            Assert.That($"{File.GetUnixFileMode(secret)}", Is.EqualTo("UserWrite, UserRead"), secret);
        File.SetUnixFileMode(folder.KeyOf(peer), UnixFileMode.UserRead | UnixFileMode.GroupRead);

        Assert.That(
            () => folder.Load([peer], [seedNode]),
            Throws.TypeOf<KeyFileException>().With.Message.Contains("127.0.0.1_7001.key can be read by other users"));
    }

    [Test]
    public void Keys_are_not_overwritten()
    {
        var before = File.ReadAllText(folder.SharedKeys);

        var code = program.Main("keys", "create", "keys", "--nodes", "127.0.0.1:6000");

        Assert.That(code, Is.EqualTo(ExitCode.BadInput));
        Assert.That(program.Error.Trim(), Does.Contain("exists").And.Not.Contain("\n"));
        Assert.That(File.ReadAllText(folder.SharedKeys), Is.EqualTo(before));
    }

    [Test]
    public void Keys_that_cannot_all_be_written_leave_nothing()
    {
        var full = Directory.CreateDirectory(Path.Combine(program.Folder.Current, "full")).FullName;
        var inTheWay = Path.Combine(full, "nodes");
        File.WriteAllText(inTheWay, "a file where a folder is to be");

        var code = program.Main("keys", "create", "full", "--nodes", "127.0.0.1:6000");

        Assert.That(code, Is.EqualTo(ExitCode.Environment));
        Assert.That(program.Error.Trim(), Does.Contain("nothing of it was kept").And.Not.Contain("\n"));
        Assert.That(Directory.GetFileSystemEntries(full), Is.EqualTo(new[] { inTheWay }));
        File.Delete(inTheWay);
        Assert.That(
            program.Main("keys", "create", "full", "--nodes", "127.0.0.1:6000"), Is.EqualTo(ExitCode.Held));
    }

    [Test]
    public void Keys_of_a_node_that_are_there_already_are_kept_and_nothing_else_is_made()
    {
        var theirs = folder.KeyOf(peer);
        var before = File.ReadAllText(theirs);
        foreach (var file in new[] { folder.AuthorityCertificate, folder.AuthorityKey, folder.SharedKeys })
            File.Delete(file);

        var code = program.Main("keys", "create", "keys", "--nodes", $"127.0.0.1:8000,{peer}");

        Assert.That(code, Is.EqualTo(ExitCode.BadInput));
        Assert.That(program.Error, Does.Contain("7001.crt exists"));
        Assert.That(File.ReadAllText(theirs), Is.EqualTo(before));
        Assert.That(File.Exists(folder.AuthorityKey), Is.False);
    }

    [TestCase("create", "others")]
    [TestCase("add", "keys")]
    public void No_nodes_are_a_mistake(string what, string into)
    {
        foreach (var nodes in new[] { "", ",", " " })
        {
            Assert.That(program.Main("keys", what, into, "--nodes", nodes), Is.EqualTo(ExitCode.BadInput));
            Assert.That(program.Error, Does.Contain("--nodes: found "));
        }

        Assert.That(Directory.Exists(Path.Combine(program.Folder.Current, "others")), Is.False);
    }

    [Test]
    public void Show_tells_names_and_times_and_no_secrets()
    {
        Assert.That(program.Main("keys", "show", "keys", "--json"), Is.EqualTo(ExitCode.Held), program.Error);

        var output = program.Output[program.Output.IndexOf('{', StringComparison.Ordinal)..];
        var shown = JsonDocument.Parse(output).RootElement;
        Assert.That(shown.GetProperty("cluster").GetString(), Is.EqualTo("lab"));
        Assert.That(
            shown.GetProperty("nodes").EnumerateArray().Select(node => node.GetProperty("node").GetString()),
            Is.EqualTo(new[] { "127.0.0.1:6000", "127.0.0.1:7000", "127.0.0.1:7001", "127.0.0.1:7002" }));
        Assert.That(
            shown.GetProperty("nodes").EnumerateArray().Select(node => node.GetProperty("state").GetString()),
            Is.All.EqualTo("valid"));
        Assert.That(program.Output, Does.Not.Contain(File.ReadAllText(folder.SharedKeys).Trim()));
    }

    [Test]
    public async Task A_rotation_reaches_who_watches_the_folder()
    {
        using var keys = folder.Load([peer], [seedNode]);
        var before = keys.Shared.Keys[0].Id;
        var told = new List<string>();
        using var watch = new KeyWatch(folder, keys.Shared, line =>
        {
            lock (told) told.Add(line);
        });

        Assert.That(program.Main("keys", "rotate", "keys", "--step", "install"), Is.EqualTo(ExitCode.Held));
        await Patience.UntilAsync(() => keys.Shared.Keys.Count == 2, "the new key is known");
        Assert.That(keys.Shared.Keys[0].Id, Is.EqualTo(before));
        Assert.That(program.Main("keys", "rotate", "keys", "--step", "use"), Is.EqualTo(ExitCode.Held));
        await Patience.UntilAsync(() => keys.Shared.Keys[0].Id != before, "the new key is used");
        Assert.That(program.Main("keys", "rotate", "keys", "--step", "remove"), Is.EqualTo(ExitCode.Held));
        await Patience.UntilAsync(() => keys.Shared.Keys.Count == 1, "the old key is gone");

        Assert.That(keys.Shared.Keys[0].Id, Is.Not.EqualTo(before));
        lock (told) Assert.That(told, Has.All.StartsWith("shared keys read again"));
    }

    [Test]
    public void More_nodes_get_keys_of_the_same_authority()
    {
        var late = NodeAddress.Parse("127.0.0.1:7003");

        var code = program.Main("keys", "add", "keys", "--nodes", $"{late}");

        Assert.That(code, Is.EqualTo(ExitCode.Held), program.Error);

        using var keys = folder.Load([late], [seedNode, peer]);
        Assert.That(keys.Of(late).Address, Is.EqualTo(late));
    }

    [Test]
    public void Files_that_do_not_belong_together_are_told_by_name()
    {
        File.Copy(folder.KeyOf(seedNode), folder.KeyOf(peer), overwrite: true);
        Assert.That(Loading, Throws.TypeOf<KeyFileException>().With.Message.Contains("not the private key of"));

        File.Copy(folder.CertificateOf(seedNode), folder.CertificateOf(peer), overwrite: true);
        Assert.That(Loading, Throws.TypeOf<KeyFileException>().With.Message.Contains($"is not for {peer}"));

        File.WriteAllText(folder.CertificateOf(peer), "nothing");
        Assert.That(Loading, Throws.TypeOf<KeyFileException>().With.Message.Contains("7001.crt: no certificate"));

        File.Delete(folder.CertificateOf(peer));
        Assert.That(Loading, Throws.TypeOf<KeyFileException>().With.Message.Contains("7001.crt does not exist"));

        File.AppendAllText(folder.SharedKeys, "short\n");
        Assert.That(
            () => folder.ReadShared(),
            Throws.TypeOf<KeyFileException>().With.Message.Contains("shared.keys:2: no key"));

        void Loading() => folder.Load([peer], [seedNode]).Dispose();
    }

    [TestCase("keys create other --nodes 127.0.0.1", "--nodes: found \"127.0.0.1\", allowed is host:port")]
    [TestCase("keys create other --nodes 127.0.0.1:7000-6000", "ends at 6000, before 7000")]
    [TestCase("keys create other --nodes 127.0.0.1:7000,127.0.0.1:7000", "127.0.0.1:7000 is there twice")]
    [TestCase("keys create other --nodes 127.0.0.1:7000 --days 0", "--days: found 0")]
    [TestCase("keys create other --nodes 127.0.0.1:7000 --cluster a/b", "--cluster: found \"a/b\"")]
    [TestCase("keys show other", "authority.crt does not exist")]
    [TestCase("keys rotate keys --step forget", "--step: found \"forget\", allowed is install, use or remove")]
    [TestCase("keys rotate keys --step use", "has one key only")]
    [TestCase("keys add keys --nodes 127.0.0.1:7001", "exists, and keys are not overwritten")]
    public void A_mistake_is_one_line_and_exit_code_2(string typed, string words)
    {
        Assert.That(program.Main(typed.Split(' ')), Is.EqualTo(ExitCode.BadInput));
        Assert.That(program.Error.Trim(), Does.Contain(words).And.Not.Contain("\n"));
    }
}
