/* Reserved addresses: each of IANA's special blocks, their edges, and what lies beside them. */
#include "zhoubao/base/address.h"

#include "zhoubao/base/error.h"

static ZbAddress
parse (const char *text)
{
  ZbAddress address;
  g_assert_true (zb_address_parse (text, &address));
  return address;
}

static void
test_reserved_addresses_are_named (void)
{
  static const struct {
    const char *text, *word;
  } cases[] = {
      {"0.0.0.0", "this network"},
      {"0.255.255.255", "this network"},
      {"10.0.0.1", "private"},
      {"10.255.255.255", "private"},
      {"100.64.0.1", "CGNAT"},
      {"100.127.255.255", "CGNAT"},
      {"127.0.0.1", "loopback"},
      {"127.255.255.254", "loopback"},
      {"169.254.169.254", "link-local"},
      {"172.16.0.1", "private"},
      {"172.31.255.255", "private"},
      {"192.0.0.8", "protocols"},
      {"192.0.2.1", "documentation"},
      {"192.88.99.1", "6to4"},
      {"192.168.1.1", "private"},
      {"198.18.0.1", "benchmarking"},
      {"198.19.255.255", "benchmarking"},
      {"198.51.100.7", "documentation"},
      {"203.0.113.7", "documentation"},
      {"224.0.0.1", "multicast"},
      {"239.255.255.250", "multicast"},
      {"240.0.0.1", "reserved"},
      {"255.255.255.255", "broadcast"},
      {"::", "unspecified"},
      {"::1", "loopback"},
      {"0:0:0:0:0:0:0:1", "loopback"},
      {"::127.0.0.1", "v4-compatible"},
      {"::ffff:127.0.0.1", "v4-mapped"},
      {"::ffff:7f00:1", "v4-mapped"},
      {"::ffff:8.8.8.8", "v4-mapped"},
      {"::ffff:0:10.0.0.1", "v4-translated"},
      {"64:ff9b::10.0.0.1", "NAT64"},
      {"64:ff9b::808:808", "NAT64"},
      {"64:ff9b:1::1", "NAT64"},
      {"100::1", "discard"},
      {"2001::1", "Teredo"},
      {"2001:10::1", "protocols"},
      {"2001:20::1", "protocols"},
      {"2001:db8::1", "documentation"},
      {"2002:7f00:1::", "6to4"},
      {"3fff::1", "documentation"},
      {"4000::1", "nobody"},
      {"5f00::1", "nobody"},
      {"fc00::1", "ULA"},
      {"fdff:ffff::1", "ULA"},
      {"fe80::1", "link-local"},
      {"febf::1", "link-local"},
      {"fec0::1", "site-local"},
      {"ff02::1", "multicast"},
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    ZbAddress address = parse (cases[i].text);
    const char *words = zb_address_reserved (&address);
    g_test_message ("%s: %s", cases[i].text, words);
    g_assert_nonnull (words);
    g_assert_nonnull (strstr (words, cases[i].word));
  }
}

static void
test_neighbours_of_reserved_blocks_are_public (void)
{
  static const char *const public[] = {"1.0.0.0",      "9.255.255.255", "11.0.0.0",        "100.63.255.255",
                                       "100.128.0.0",  "126.255.255.1", "128.0.0.0",       "169.253.255.255",
                                       "169.255.0.0",  "172.15.255.1",  "172.32.0.0",      "192.0.1.0",
                                       "192.167.1.1",  "192.169.0.0",   "198.17.255.255",  "198.20.0.0",
                                       "203.0.112.1",  "203.0.114.1",   "223.255.255.255", "2001:200::1",
                                       "2001:db7::1",  "2001:db9::1",   "2400:cb00::1",    "2606:4700::1111",
                                       "2a00:1450::1", "3ffe::1"};
  for (guint i = 0; i < G_N_ELEMENTS (public); i++) {
    ZbAddress address = parse (public[i]);
    g_test_message ("%s", public[i]);
    g_assert_null (zb_address_reserved (&address));
  }
}

static void
test_a_block_has_its_addresses_and_no_others (void)
{
  static const struct {
    const char *block, *address;
    gboolean has;
  } cases[] = {
      {"127.0.0.0/8", "127.1.2.3", TRUE},
      {"127.0.0.0/8", "128.0.0.1", FALSE},
      {"192.168.4.0/22", "192.168.7.255", TRUE},
      {"192.168.4.0/22", "192.168.8.0", FALSE},
      {"10.1.2.3", "10.1.2.3", TRUE},
      {"10.1.2.3", "10.1.2.4", FALSE},
      {"0.0.0.0/0", "8.8.8.8", TRUE},
      {"0.0.0.0/0", "::1", FALSE},
      {"127.0.0.0/8", "::ffff:127.0.0.1", FALSE},
      {"::ffff:127.0.0.0/104", "::ffff:127.0.0.1", TRUE},
      {"fd00::/8", "fd12::1", TRUE},
      {"fd00::/8", "fc12::1", FALSE},
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;
    ZbAddressBlock block;
    ZbAddress address = parse (cases[i].address);
    g_assert_true (zb_address_block_parse (cases[i].block, &block, &error));
    g_assert_cmpint (zb_address_block_has (&block, &address), ==, cases[i].has);
  }
}

static void
test_what_is_no_block_is_refused (void)
{
  static const char *const bad[] = {"",         "localhost", "10.0.0.0/33", "::1/129", "10.0.0/8",
                                    "1.2.3.4/", "1.2.3.4/x", "127.1",       "0x7f.1",  "10.0.0.0/-1"};
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_autoptr (GError) error = NULL;
    ZbAddressBlock block;
    g_assert_false (zb_address_block_parse (bad[i], &block, &error));
    g_assert_error (error, ZB_ERROR, ZB_ERROR_INVALID);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/address/reserved_addresses_are_named", test_reserved_addresses_are_named);
  g_test_add_func ("/address/neighbours_of_reserved_blocks_are_public",
                   test_neighbours_of_reserved_blocks_are_public);
  g_test_add_func ("/address/a_block_has_its_addresses_and_no_others",
                   test_a_block_has_its_addresses_and_no_others);
  g_test_add_func ("/address/what_is_no_block_is_refused", test_what_is_no_block_is_refused);
  return g_test_run ();
}
