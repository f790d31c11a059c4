using System.Security.Cryptography;
using System.Text;
using GossipSim.Engine.Protocol;
using GossipSim.RealNet;
using GossipSim.RealNet.Stores;
using NUnit.Framework;

namespace GossipSim.Tests.RealNet.Stores;

[TestFixture]
internal sealed class NodeStoreTests
{
    private static readonly NodeAddress address = NodeAddress.Parse("127.0.0.1:7000");

    private readonly string directory = Directory.CreateTempSubdirectory("gossipsim-store-").FullName;

    private static readonly DiskOwner owner = new("tests", address);

    private string File => Path.Combine(directory, "seed.jsonl");

    [TearDown]
    public void RemoveFiles() => Directory.Delete(directory, recursive: true);

    [TestCase(true)]
    [TestCase(false)]
    public async Task What_was_flushed_comes_back_and_what_was_not_is_gone(bool onDisk)
    {
        using INodeStore store = onDisk ? NewFileStore() : new MemoryStore();
        store.Open();
        store.Append(new StoreRecord(7));
        store.Append(Vote(epoch: 1));
        await store.FlushAsync();
        store.Append(Vote(epoch: 2));
        store.Crash();

        Assert.That(store.Open(), Is.EqualTo(new StableRecord[] { new StoreRecord(7), Vote(epoch: 1) }));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task Of_each_key_the_latest_is_kept_in_the_order_of_writing(bool onDisk)
    {
        using INodeStore store = onDisk ? NewFileStore() : new MemoryStore();
        store.Open();
        store.Append(new StoreRecord(1));
        store.Append(Vote(epoch: 1));
        store.Append(new StoreRecord(2));
        await store.FlushAsync();
        store.Crash();

        Assert.That(store.Open(), Is.EqualTo(new StableRecord[] { Vote(epoch: 1), new StoreRecord(2) }));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task A_torn_disk_keeps_what_was_flushed_and_can_be_written_on(bool onDisk)
    {
        using INodeStore store = onDisk ? NewFileStore() : new MemoryStore();
        store.Open();
        store.Append(Vote(epoch: 1));
        await store.FlushAsync();
        store.Crash();
        store.Tear();

        Assert.That(store.Open(), Is.EqualTo(new StableRecord[] { Vote(epoch: 1) }));
        store.Append(Vote(epoch: 2));
        await store.FlushAsync();
        store.Crash();

        Assert.That(store.Open(), Is.EqualTo(new StableRecord[] { Vote(epoch: 1), Vote(epoch: 2) }));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task An_erased_disk_is_empty(bool onDisk)
    {
        using INodeStore store = onDisk ? NewFileStore() : new MemoryStore();
        store.Open();
        store.Append(new StoreRecord(1));
        await store.FlushAsync();
        store.Crash();
        store.Erase();

        Assert.That(store.Open(), Is.Empty);
    }

    [Test]
    public async Task A_file_cut_anywhere_in_its_last_line_loses_that_line_only()
    {
        using (var store = NewFileStore())
        {
            store.Open();
            store.Append(Vote(epoch: 1));
            store.Append(Vote(epoch: 2));
            await store.FlushAsync();
        }

        var whole = await System.IO.File.ReadAllBytesAsync(File);
        var second = Array.LastIndexOf(whole, (byte)'\n', whole.Length - 2) + 1;
        for (var length = second; length < whole.Length; length++)
        {
            await System.IO.File.WriteAllBytesAsync(File, whole[..length]);
            using var store = NewFileStore();
            var expected = length == whole.Length - 1 ? 2 : 1;   // without its newline a record is still whole
            Assert.That(store.Open(), Has.Count.EqualTo(expected), $"cut to {length} of {whole.Length} bytes");
        }
    }

    [Test]
    public async Task Damage_before_the_end_is_an_error()
    {
        using var store = NewFileStore();
        store.Open();
        store.Append(Vote(epoch: 1));
        store.Append(Vote(epoch: 2));
        await store.FlushAsync();
        store.Crash();
        var bytes = await System.IO.File.ReadAllBytesAsync(File);
        bytes[Array.IndexOf(bytes, (byte)'\n') + 40] ^= 1;
        await System.IO.File.WriteAllBytesAsync(File, bytes);

        Assert.That(() => store.Open(), Throws.TypeOf<DiskException>()
            .With.Message.StartsWith($"\"{File}\", line 2: damaged record (its checksum is wrong); "));
    }

    [TestCase("{\"type\":\"NOBODY_KNOWS\"}", "unknown record NOBODY_KNOWS")]
    [TestCase("{\"type\":\"VOTE_RECORD\"}", "a VOTE_RECORD that cannot be read")]
    [TestCase("{\"type\":", "Expected")]
    [TestCase("{}", "key")]
    public void A_whole_line_that_says_nothing_known_is_damage_of_that_line(string json, string why)
    {
        var checksum = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(json)))[..16];
        System.IO.File.WriteAllText(File, $"{checksum} {json}\n");
        using var store = NewFileStore();

        Assert.That(() => store.Open(), Throws.TypeOf<DiskException>()
            .With.Message.StartsWith($"\"{File}\", line 1: damaged record (").And.Message.Contains(why));
    }

    [Test]
    public void A_disk_that_is_in_use_is_refused_until_it_is_free()
    {
        using var second = NewFileStore();
        using (var first = NewFileStore())
        {
            first.Open();
            Assert.That(() => second.Open(), Throws.TypeOf<DiskException>().With.Message.EqualTo(
                $"\"{File}\" is in use by another process; stop that one, or give this node another disk folder"));
            first.Crash();
            Assert.That(() => second.Open(), Throws.TypeOf<DiskException>(), "its node may start again");
        }

        Assert.That(() => second.Open(), Throws.Nothing);
    }

    [TestCase("127.0.0.1:7001", "tests")]
    [TestCase("127.0.0.1:7000", "others")]
    public void The_disk_of_another_node_or_network_is_refused(string other, string cluster)
    {
        using (var store = new FileStore(File, new DiskOwner(cluster, NodeAddress.Parse(other)))) store.Open();
        using var mine = NewFileStore();

        Assert.That(() => mine.Open(), Throws.TypeOf<DiskException>().With.Message.EqualTo(
            $"\"{File}\" is the disk of {other} in the network \"{cluster}\", not that of {address} in \"tests\";"
            + " give this node its own disk folder"));
    }

    [Test]
    public async Task The_disk_of_a_version_that_noted_no_owner_is_taken_over()
    {
        var record = Encoding.UTF8.GetString(DiskLine.Of(new StoreRecord(3)));
        await System.IO.File.WriteAllTextAsync(File, record);
        using (var store = NewFileStore()) Assert.That(store.Open(), Is.EqualTo(new[] { new StoreRecord(3) }));

        Assert.That(await System.IO.File.ReadAllTextAsync(File), Does.Contain("DISK_OWNER").And.EndsWith(record));
    }

    [Test]
    public async Task The_file_does_not_outgrow_what_still_counts()
    {
        using var store = new FileStore(File, owner, compactAbove: 20_000);
        store.Open();
        var most = 0L;
        for (var epoch = 1; epoch <= 2000; epoch++)
        {
            store.Append(Vote(epoch));
            store.Append(new EntryRecord(Vote(epoch).Entry, new ProposalId(address, epoch), [address]));
            await store.FlushAsync();
            most = Math.Max(most, new FileInfo(File).Length);
        }

        Assert.That(most, Is.LessThan(25_000));
        store.Crash();
        Assert.That(store.Open().Select(record => record.Key), Is.EqualTo(new[]
        {
            Vote(2000).Key, $"entry {address}",
        }));
    }

    [Test]
    public async Task Entries_come_back_with_their_voters()
    {
        var entry = new EntryRecord(
            Vote(epoch: 3).Entry, new ProposalId(address, 4), [address, NodeAddress.Parse("10.0.0.1:1")]);
        using var store = NewFileStore();
        store.Open();
        store.Append(entry);
        await store.FlushAsync();
        store.Crash();

        var read = (EntryRecord)store.Open().Single();

        Assert.That(read.Voters, Is.EqualTo(entry.Voters));
        Assert.That(read with { Voters = entry.Voters }, Is.EqualTo(entry));
    }

    private FileStore NewFileStore() => new(File, owner);

    private static VoteRecord Vote(int epoch) => new(
        new ProposalId(address, 9), new MembershipEntry(address, epoch, MemberState.Alive, new NodeId(5), 11));
}
