using Microsoft.AspNetCore.Http;
using TrustCenter.Staff;

namespace TrustCenter.Tests.Staff;

/// <summary>Addresses of lists: what was asked is in them, and nothing else reaches the database.</summary>
public sealed class ListAskTests
{
    private static readonly ListColumn[] Columns = [new("title", "Title", "lower(title)"), new("count", "Count", "n is not null, n", DownFirst: true, IsNumber: true)];

    [Theory]
    [InlineData("", "/list")]
    [InlineData("?sort=count&order=down&text=a%26b&page=3", "/list?text=a%26b&sort=count&order=down&page=3")]
    [InlineData("?sort=title&order=up", "/list")]
    [InlineData("?sort=title;drop&order=down&page=-4&unknown=1", "/list")]
    [InlineData("?page=99999999999", "/list")]
    public void What_is_unknown_is_left_out(string query, string address) => Ask(query).Address.ShouldBe(address);

    [Fact]
    public void The_order_is_made_of_the_columns_own_words()
    {
        Ask("?sort=count&order=down").Order.ShouldBe("n is not null desc, n desc, id");
        Ask("?sort=n;drop+table+x").Order.ShouldBe("lower(title), id");
        Ask("?text=50%25_a!").Like("text").ShouldBe("%50!%!_a!!%");
    }

    [Fact]
    public void The_same_column_again_turns_the_order_and_numbers_begin_with_the_largest()
    {
        var ask = Ask("?page=4&text=x");
        ask.SortedBy(Columns[1]).Address.ShouldBe("/list?text=x&sort=count&order=down");
        ask.SortedBy(Columns[0]).Address.ShouldBe("/list?text=x&sort=title&order=down");
        ask.Within(60).Page.ShouldBe(2);
        ask.Within(0).Page.ShouldBe(1);
        ListAsk.Pages(101).ShouldBe(3);
    }

    private static ListAsk Ask(string query) => ListAsk.From(new QueryCollection(Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(query).ToDictionary(q => q.Key, q => q.Value)), "/list", Columns, "title", "text");
}
