using GossipSim.Engine.Protocol;
using GossipSim.RealNet.Stores;
using NUnit.Framework;

namespace GossipSim.Tests.RealNet.Stores;

[TestFixture]
internal sealed class NodeStoreTests
{
    private static readonly NodeAddress address = NodeAddress.Parse("127.0.0.1:7000");

    private readonly string directory = Directory.CreateTempSubdirectory("gossipsim-store-").FullName;

    private string File => Path.Combine(directory, "seed.jsonl");

    [TearDown]
    public void RemoveFiles() => Directory.Delete(directory, recursive: true);

    [TestCase(true)]
    [TestCase(false)]
    public async Task What_was_flushed_comes_back_and_what_was_not_is_gone(bool onDisk)
    {
        using INodeStore store = onDisk ? new FileStore(File) : new MemoryStore();
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
        using INodeStore store = onDisk ? new FileStore(File) : new MemoryStore();
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
        using INodeStore store = onDisk ? new FileStore(File) : new MemoryStore();
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
        using INodeStore store = onDisk ? new FileStore(File) : new MemoryStore();
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
        using (var store = new FileStore(File))
        {
            store.Open();
            store.Append(Vote(epoch: 1));
            store.Append(Vote(epoch: 2));
            await store.FlushAsync();
        }

        var whole = await System.IO.File.ReadAllBytesAsync(File);
        var second = Array.IndexOf(whole, (byte)'\n') + 1;
        for (var length = second; length < whole.Length; length++)
        {
            await System.IO.File.WriteAllBytesAsync(File, whole[..length]);
            using var store = new FileStore(File);
            var expected = length == whole.Length - 1 ? 2 : 1;   // without its newline a record is still whole
            Assert.That(store.Open(), Has.Count.EqualTo(expected), $"cut to {length} of {whole.Length} bytes");
        }
    }

    [Test]
    public async Task Damage_before_the_end_is_an_error()
    {
        using var store = new FileStore(File);
        store.Open();
        store.Append(Vote(epoch: 1));
        store.Append(Vote(epoch: 2));
        await store.FlushAsync();
        store.Crash();
        var bytes = await System.IO.File.ReadAllBytesAsync(File);
        bytes[40] ^= 1;
        await System.IO.File.WriteAllBytesAsync(File, bytes);

        Assert.That(() => store.Open(), Throws.TypeOf<InvalidDataException>().With.Message.Contains("line 1"));
    }

    [Test]
    public async Task Entries_come_back_with_their_voters()
    {
        var entry = new EntryRecord(
            Vote(epoch: 3).Entry, new ProposalId(address, 4), [address, NodeAddress.Parse("10.0.0.1:1")]);
        using var store = new FileStore(File);
        store.Open();
        store.Append(entry);
        await store.FlushAsync();
        store.Crash();

        var read = (EntryRecord)store.Open().Single();

        Assert.That(read.Voters, Is.EqualTo(entry.Voters));
        Assert.That(read with { Voters = entry.Voters }, Is.EqualTo(entry));
    }

    private static VoteRecord Vote(int epoch) => new(
        new ProposalId(address, 9), new MembershipEntry(address, epoch, MemberState.Alive, new NodeId(5), 11));
}
